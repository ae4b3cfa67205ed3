"""Run the vectors on the EVM: on the reference contract, and on that contract broken."""
