"""Compute once what is asked of the same object again and again."""

from collections.abc import Callable
from functools import wraps
from typing import TypeVar, TypeVarTuple

T = TypeVar("T")
Others = TypeVarTuple("Others")
R = TypeVar("R")

ROOM = 512  # answers


def remembered(function: Callable[[T, *Others], R]) -> Callable[[T, *Others], R]:
    """Remember what a pure function of an immutable object returns, for the very same object.

    The object is told by its identity, which costs nothing; it is kept beside the answer, so that no other
    can take that identity while it is known. Other arguments are told by what they are equal to.
    """
    known: dict[tuple[object, ...], tuple[T, R]] = {}

    @wraps(function)
    def call(thing: T, *others: *Others) -> R:
        key = (id(thing), *others)
        found = known.get(key)
        if found is None:
            if len(known) >= ROOM:
                known.clear()
            found = known[key] = thing, function(thing, *others)
        return found[1]

    return call
