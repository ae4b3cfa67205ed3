"""Why it is right: the properties, their proofs, and the search for states that break them."""
