"""The tests of the vectors."""
