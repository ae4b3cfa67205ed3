"""What all tests share."""

from hypothesis import settings

# The same examples on every run and every machine: a failure is the change's doing, never the day's.
settings.register_profile("ci", derandomize=True, database=None, deadline=None, print_blob=True)
settings.load_profile("ci")
