"""Mutation testing: make each small mistake in the protocol, and see that a test or a proof notices."""
