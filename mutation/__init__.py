"""Mutation testing: make every small mistake in the protocol, and see that its tests notice."""
