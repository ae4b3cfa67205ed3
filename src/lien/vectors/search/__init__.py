"""Find calls worth testing: execute the last call of a concrete trace on symbols and ask Z3 for models."""
