"""Properties of what a call does, one module a chapter: what moves, what changes and what never does."""
