"""The tests of the transitions, one module a chapter: for every call what it does, and every reason."""
