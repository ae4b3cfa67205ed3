"""Exact rejection, one module a chapter: when precisely each call is rejected, and for which reason."""
