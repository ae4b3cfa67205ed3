"""The tests of the specification: types, reasons, ABI, catalogue."""
