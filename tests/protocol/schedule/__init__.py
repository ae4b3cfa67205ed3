"""The tests of the schedules: of the protocol's loans, and of the contracts of the standard."""
