"""Check the form of a scenario, and lay its calls out one after the other, each with its time.

What a call's arguments mean is decided when it is sent, since amounts such as a payoff follow from the state;
all else is checked here, before the first call.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from lien.scenario.blocks import KEEP, MANY, REPEAT, Block, Kept, is_block, is_kept, read_block, read_kept
from lien.scenario.fault import Wrong, one_of
from lien.scenario.genesis import read_genesis
from lien.scenario.names import Names
from lien.scenario.nodes import Node
from lien.scenario.numbers import in_range
from lien.scenario.times import A_TIME, AFTER, THE_CALENDAR, read_time
from lien.scenario.usual import is_usual
from lien.spec.abi import quantity_of
from lien.spec.call import Call
from lien.spec.catalogue import CALLS
from lien.spec.genesis import Genesis
from lien.spec.reasons import Reason
from lien.spec.types import Account
from lien.spec.units import MAXIMUM_TIMESTAMP

TOP = ("title", "about", "genesis", "calls")
OF_A_CALL = ("call", "sender", "at", "expect", "note")  # no call has an argument of such a name
OF_EVERY_CALL = (Reason.SENDER_IS_PROTOCOL, Reason.TIME_RUNS_BACKWARD)
MOST_CALLS = 10_000
STEPS = f"a list of calls, and of blocks with {REPEAT}, {MANY} or {KEEP}"


@dataclass(frozen=True, slots=True)
class Planned:
    """Hold a call as it is to be sent, its arguments still as they are written."""

    node: Node
    kind: type[Call]
    sender: int
    timestamp: int
    expected: Reason | None  # the reason for which it must be rejected
    note: str
    arguments: dict[str, Node]


@dataclass(frozen=True, slots=True)
class Sweep:
    """Hold calls that are sent for each loan that is live at a time, where they are accepted."""

    kept: Kept
    timestamp: int


@dataclass(frozen=True, slots=True)
class Scenario:
    """Hold what a file tells."""

    title: str
    about: str
    genesis: Genesis
    names: Names
    calls: tuple[Planned | Sweep, ...]


def read_scenario(node: Node) -> Scenario:
    """Return the scenario that a file tells.

    Raises: Wrong, with the line of the first thing that is to be changed.
    """
    entries = node.only(f"the fields {', '.join(TOP)}", TOP, "a field of a scenario")
    title = line_of_text(node.required("title", "a title"), "a title")
    about = entries["about"].text("what the scenario is about") if "about" in entries else ""
    steps = node.required("calls", STEPS)
    if not steps.items(STEPS):
        raise steps.wrong(STEPS)
    genesis = read_genesis(entries.get("genesis"))
    names = Names.of(genesis)
    return Scenario(title, about, genesis, names, tuple(Layout(names).lay_out(steps)))


def line_of_text(node: Node, expected: str) -> str:
    """Return a text in one line."""
    return " ".join(node.text(expected).split())


class Layout:
    """Lay calls out in time."""

    def __init__(self, names: Names) -> None:
        """Begin before the first call."""
        self.names = names
        self.now: int | None = None
        self.count = 0

    def lay_out(self, steps: Node) -> Iterator[Planned | Sweep]:
        """Yield each call, those of a block once for each round."""
        for step in steps.items(STEPS):
            if is_block(step):
                yield from self.lay_out_block(read_block(step))
            elif is_kept(step):
                yield self.lay_out_kept(read_kept(step))
            else:
                yield self.plan(step)

    def lay_out_kept(self, kept: Kept) -> Sweep:
        """Return the block at its time, its calls checked as those for the first loan."""
        self.now = self.time_of(kept.node, kept.at)
        for step in kept.of_loan(1, next(iter(self.names.accounts))):
            plan_call(step, self.names, self.now, None)
        return Sweep(kept, self.now)

    def lay_out_block(self, block: Block) -> Iterator[Planned | Sweep]:
        """Yield the calls of each round."""
        begin = self.time_of(block.node, block.at)
        first = 0 if block.at is not None else 1  # without a time of its own it goes on from the call before
        for number, calls in enumerate(block.rounds(), first):
            if block.every is not None:
                self.pass_to(block.every.after(begin, number), block.node, "a round after the one before it")
            else:
                self.now = max(begin, self.now or 0)
            yield from self.lay_out(calls)

    def plan(self, step: Node) -> Planned:
        """Return one call, with its form checked."""
        kind = kind_of(step)
        entries = step.entries("the fields of a call")
        expected = read_expected(entries["expect"], kind) if "expect" in entries else None
        turns_back = expected is Reason.TIME_RUNS_BACKWARD
        timestamp = self.time_of(step, entries.get("at"), may_turn_back=turns_back)
        if not turns_back:
            self.now = timestamp
        self.count += 1
        if self.count > MOST_CALLS:
            raise Wrong(step.line, step.field, f"more than {MOST_CALLS:,} calls", "fewer calls")
        return plan_call(step, self.names, timestamp, expected)

    def time_of(self, step: Node, at: Node | None, *, may_turn_back: bool = False) -> int:
        """Return the time of a call or a block: that of the call before, where none is named."""
        if at is None:
            if self.now is None:
                raise Wrong(step.line, f"{step.field}.at", "nothing", f"{A_TIME}: the first call needs one")
            return self.now
        if self.now is None and at.text(A_TIME).startswith("+"):
            raise at.wrong(f"{A_TIME}: there is no call before it")
        timestamp = read_time(at, self.now or 0, A_TIME if self.now is None else f"{A_TIME}, {AFTER}")
        if self.now is not None and timestamp < self.now and not may_turn_back:
            raise at.wrong("a time that is not before the call before it")
        return timestamp

    def pass_to(self, timestamp: int, node: Node, expected: str) -> None:
        """Let time pass, never back."""
        if timestamp > MAXIMUM_TIMESTAMP:
            raise Wrong(node.line, node.field, "rounds that go on after the calendar", THE_CALENDAR)
        if self.now is not None and timestamp < self.now:
            raise Wrong(node.line, node.field, "rounds that overlap", expected)
        self.now = timestamp


def kind_of(step: Node) -> type[Call]:
    """Return the call that a step names."""
    step.entries("a call, with the fields call and sender, or a block")
    name = step.required("call", "the name of a call")
    called = name.text("the name of a call")
    if called not in CALLS:
        raise name.wrong(one_of("a call", called, tuple(CALLS)))
    return CALLS[called]


def plan_call(step: Node, names: Names, timestamp: int, expected: Reason | None) -> Planned:
    """Return a call at its time, with its form checked."""
    kind = kind_of(step)
    called, known = kind.call_name(), (*kind.model_fields, *OF_A_CALL)
    entries = step.only("the fields of a call", known, f"a field of {called}")
    account = quantity_of(Account)
    assert account is not None
    named = step.required("sender", "the account that sends the call")
    sender = in_range(named, names.read(named, account), account)
    for argument in kind.model_fields:
        if argument not in entries and not is_usual(kind, argument):
            step.required(argument, f"the argument {argument} of {called}")
    note = line_of_text(entries["note"], "a note") if "note" in entries else ""
    arguments = {key: entry for key, entry in entries.items() if key not in OF_A_CALL}
    return Planned(step, kind, sender, timestamp, expected, note, arguments)


def read_expected(node: Node, kind: type[Call]) -> Reason:
    """Return the reason for which a call is to be rejected."""
    known = tuple(reason.name for reason in (*kind.reasons, *OF_EVERY_CALL))
    text = node.text(one_of("a reason", "", known))
    if text not in known:
        raise node.wrong(one_of(f"a reason of {kind.call_name()}", text, known))
    return Reason[text]
