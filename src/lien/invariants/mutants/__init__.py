"""Incidents as mutants: single mistakes in the protocol, each of which the properties must notice."""
