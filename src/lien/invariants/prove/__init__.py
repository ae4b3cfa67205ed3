"""Prove the properties on the protocol's own code, executed on symbols."""
