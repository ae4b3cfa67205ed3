"""Compute once what is asked of the same object again and again."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")
R = TypeVar("R")

ROOM = 512  # answers


def remembered(function: Callable[Concatenate[T, P], R]) -> Callable[Concatenate[T, P], R]:
    """Remember what a pure function of an immutable object returns, for the very same object.

    The object is told by its identity, which costs nothing; it is kept beside the answer, so that no other
    can take that identity while it is known.
    """
    known: dict[tuple[object, ...], tuple[T, R]] = {}

    @wraps(function)
    def call(thing: T, *args: P.args, **kwargs: P.kwargs) -> R:
        key = (id(thing), *args, *kwargs.items())
        found = known.get(key)
        if found is None:
            if len(known) >= ROOM:
                known.clear()
            found = known[key] = thing, function(thing, *args, **kwargs)
        return found[1]

    return call
