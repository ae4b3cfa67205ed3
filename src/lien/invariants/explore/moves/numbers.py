"""Choose numbers where they matter: at a bound, one off it, at zero, at the greatest, of any magnitude."""

from random import Random
from typing import Any, TypeVar

from lien.invariants.explore.ranges import range_of

T = TypeVar("T")


def once_in(dice: Random, times: int) -> bool:
    """Return true once in a number of times."""
    return dice.randrange(times) == 0


def up_to(dice: Random, most: int) -> int:
    """Return a number from one to the most, of any magnitude, often the most itself."""
    if most <= 1 or once_in(dice, 3):
        return most
    return min(dice.randrange(1, 2 ** dice.randint(1, most.bit_length())), most)


def around(dice: Random, figure: int) -> int:
    """Return a figure, or one less or more, never below zero."""
    return max(figure + dice.choice((0, -1, 1)), 0)


def wild(dice: Random, annotation: Any) -> int:
    """Return any number that an annotation allows, often its least or its greatest."""
    least, greatest = range_of(annotation) or (0, 0)
    return dice.choice((least, greatest, min(least + 1, greatest), dice.randint(least, greatest)))


def within(number: int, annotation: Any) -> int:
    """Return a number, or the nearest that an annotation allows."""
    least, greatest = range_of(annotation) or (number, number)
    return min(max(number, least), greatest)


def mostly(dice: Random, usual: T, *others: T) -> T:
    """Return the usual value three times in four, else one of the others."""
    return dice.choice(others) if once_in(dice, 4) else usual
