"""Repeat calls: `repeat` every so often, `many` at once, `keep` for each live loan where it is accepted.

In a text, $n is the number of the round of `repeat` and `many`; $loan and $borrower are those of `keep`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lien.scenario.fault import Wrong, one_of, short
from lien.scenario.nodes import Node
from lien.scenario.numbers import read_whole
from lien.scenario.times import A_DURATION, Duration, read_duration

REPEAT, MANY, KEEP = "repeat", "many", "keep"
MOST_ROUNDS = 1_000
ROUND = "n"
LOAN, BORROWER = "loan", "borrower"
VARIABLE = re.compile(r"\$([a-z_]+)")


@dataclass(frozen=True, slots=True)
class Block:
    """Hold calls that are sent once a round, and what each round puts in the place of which name."""

    node: Node
    at: Node | None
    every: Duration | None
    calls: Node
    values: tuple[dict[str, str], ...]  # of each round

    def rounds(self) -> Iterator[Node]:
        """Yield the calls of each round."""
        for values in self.values:
            yield filled(self.calls, values)


@dataclass(frozen=True, slots=True)
class Kept:
    """Hold calls that are sent for each live loan, where they are accepted."""

    node: Node
    at: Node | None
    calls: Node

    def of_loan(self, loan: int, borrower: str) -> list[Node]:
        """Return the calls for a loan."""
        return filled(self.calls, {LOAN: str(loan), BORROWER: borrower}).items("a list of calls")


def has(step: Node, words: tuple[str, ...]) -> bool:
    """Return whether a step has one of the words as a field."""
    return isinstance(step.content, dict) and any(word in step.content for word in words)


def is_block(step: Node) -> bool:
    """Return whether a step is a block, not a call."""
    return has(step, (REPEAT, MANY))


def is_kept(step: Node) -> bool:
    """Return whether a step is a block of calls for each live loan."""
    return has(step, (KEEP,))


def read_kept(step: Node) -> Kept:
    """Return a block of calls for each live loan: calls alone, of one time, that nobody expects to fail."""
    node = step.only("a block", (KEEP,), "no other field beside")[KEEP]
    entries = node.only("the fields at, calls", ("at", "calls"), "a field of keep")
    calls = node.required("calls", "a list of calls")
    for call in calls.items("a list of calls"):
        for word in ("at", "expect", REPEAT, MANY, KEEP):
            if word in call.entries("a call"):
                raise call.entries("a call")[word].wrong(
                    "nothing here: a call in keep has no such field", word
                )
    if not calls.items("a list of calls"):
        raise calls.wrong("a list of calls")
    return Kept(node, entries.get("at"), calls)


def read_block(step: Node) -> Block:
    """Return a block."""
    word = REPEAT if REPEAT in step.entries("a block") else MANY
    node = step.only("a block", (word,), "no other field beside")[word]
    known = ("at", "times", "every", "calls") if word == REPEAT else ("at", "times", "each", "calls")
    entries = node.only(f"the fields {', '.join(known)}", known, f"a field of {word}")
    calls = node.required("calls", "a list of calls")
    if not calls.items("a list of calls"):
        raise calls.wrong("a list of calls")
    every = None
    if word == REPEAT:
        named = node.required("every", A_DURATION)
        every = read_duration(named, named.text(A_DURATION))
        if every == Duration():
            raise named.wrong("a duration above zero")
    return Block(node, entries.get("at"), every, calls, values_of(node, entries))


def values_of(node: Node, entries: dict[str, Node]) -> tuple[dict[str, str], ...]:
    """Return what each round puts in the place of which name."""
    if "each" in entries:
        if "times" in entries:
            raise entries["times"].wrong("times or each, not both", "both")
        return each_of(entries["each"])
    times = node.required("times", "the number of rounds")
    expected = f"a number of rounds from 1 to {MOST_ROUNDS:,}"
    count = read_whole(times, expected)
    if not 1 <= count <= MOST_ROUNDS:
        raise times.wrong(expected)
    return tuple({ROUND: str(number)} for number in range(1, count + 1))


def each_of(node: Node) -> tuple[dict[str, str], ...]:
    """Return one round for each place of the lists, which are of one length."""
    columns: dict[str, list[str]] = {}
    length = None
    for name, entry in node.entries("lists by name").items():
        if name == ROUND or not VARIABLE.fullmatch(f"${name}"):
            raise Wrong(entry.line, entry.field, f"the name {short(name)}", "a name of small letters, not n")
        columns[name] = [item.text("a text") for item in entry.items("a list with one text for each round")]
        if length is not None and len(columns[name]) != length:
            raise entry.wrong(f"{length} texts, as in the other lists", f"{len(columns[name])}")
        length = len(columns[name])
    if not length or length > MOST_ROUNDS:
        raise node.wrong(f"lists of 1 to {MOST_ROUNDS:,} texts")
    return tuple(
        {ROUND: str(place + 1)} | {name: column[place] for name, column in columns.items()}
        for place in range(length)
    )


def filled(node: Node, values: dict[str, str]) -> Node:
    """Return a node with each name in its texts replaced; an inner block fills its own names later."""
    if isinstance(node.content, str):

        def value_of(found: re.Match[str]) -> str:
            if found[1] not in values:
                raise node.wrong(
                    one_of("a name of the block", found[1], tuple(f"${name}" for name in values))
                )
            return values[found[1]]

        return Node(VARIABLE.sub(value_of, node.content), node.line, node.field)
    if isinstance(node.content, list):
        return Node([filled(item, values) for item in node.content], node.line, node.field)
    if is_block(node):
        values = values | {name: f"${name}" for name in own_names(node)}
    if is_kept(node):
        values = values | {name: f"${name}" for name in (LOAN, BORROWER)}
    return Node({name: filled(entry, values) for name, entry in node.content.items()}, node.line, node.field)


def own_names(node: Node) -> set[str]:
    """Return the names that an inner block fills itself."""
    found = {ROUND}
    for word in (REPEAT, MANY):
        block = node.entries("a block").get(word)
        each = block.content.get("each") if block is not None and isinstance(block.content, dict) else None
        if each is not None and isinstance(each.content, dict):
            found |= set(each.content)
    return found
