"""What all tests share."""

from hypothesis import Phase, settings

# The same examples on every run and every machine: a failure is the change's doing, never the day's.
settings.register_profile("ci", derandomize=True, database=None, deadline=None, print_blob=True)
# A mutant falls by the first example that shows it; a smaller one tells no more.
settings.register_profile("mutants", settings.get_profile("ci"), phases=(Phase.explicit, Phase.generate))
settings.load_profile("ci")
