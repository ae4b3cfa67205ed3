"""The tests of the properties, the proofs and the explorer."""
