"""List the properties, and what of other protocols' properties they cover."""

from typing import Any

from lien.cli.output import write_json, write_table, write_text
from lien.invariants import properties as properties  # noqa: PLC0414  # importing it collects them
from lien.invariants.properties import implied
from lien.invariants.properties.base import PROPERTIES, Kind
from lien.invariants.properties.implied import COVERS
from lien.invariants.properties.inapplicable import INAPPLICABLE, PEERS
from lien.invariants.properties.total import TOTALS

PROOF, EXPLORER = "proof", "explorer"
NAMED = 6  # of the properties that cover one of another protocol, on the screen
UNEXPLORED = (Kind.RELATIONAL, Kind.ARITHMETIC)  # one run on integers cannot show them
IMPLIED = (
    (implied.RANGE, Kind.ARITHMETIC, [PROOF, EXPLORER]),
    (implied.WIDTH, Kind.ARITHMETIC, [PROOF]),
    (implied.NEEDS, Kind.ARITHMETIC, [PROOF]),
    (implied.CONTRACT, Kind.RELATIONAL, [PROOF]),
    (implied.NUMBERS, Kind.GLOBAL, [EXPLORER]),
    (implied.REASONS, Kind.REJECTION, [EXPLORER]),
    (implied.EVENTS, Kind.STEP, [EXPLORER]),
    (implied.UNCHANGED, Kind.STEP, [EXPLORER]),
    (implied.FRAME, Kind.STEP, [EXPLORER]),
    (implied.REBUILT, Kind.STEP, [EXPLORER]),
    (implied.RAISES, Kind.LIVENESS, [EXPLORER]),
)


def described() -> list[dict[str, Any]]:
    """Return every property, as JSON has it."""
    declared = [
        entry(item.identifier, item.kind, item.sentence, how_shown(item.kind), item.chapters, item.peers)
        for item in PROPERTIES
    ]
    totals = [
        entry(item.identifier, Kind.TOTAL, item.sentence, how_shown(Kind.TOTAL), item.chapters, item.peers)
        for item in TOTALS
    ]
    implied = [
        entry(identifier, kind, sentence, shown_by, peers=COVERS.get(identifier, ()))
        for (identifier, sentence), kind, shown_by in IMPLIED
    ]
    return [*declared, *totals, *implied]


def how_shown(kind: Kind) -> list[str]:
    """Return the ways in which a declared property is shown."""
    return [PROOF] if kind in UNEXPLORED else [PROOF, EXPLORER]


def entry(
    identifier: str,
    kind: Kind,
    sentence: str,
    shown_by: list[str],
    chapters: tuple[str, ...] = (),
    peers: tuple[int, ...] = (),
) -> dict[str, Any]:
    """Return one property, as JSON has it."""
    return {
        "id": identifier,
        "kind": kind.value,
        "sentence": sentence,
        "chapters": list(chapters),
        "peers": list(peers),
        "shown_by": shown_by,
    }


def identifiers(shown_by: str) -> list[str]:
    """Return the identifiers of what is shown in one way."""
    return [item["id"] for item in described() if shown_by in item["shown_by"]]


def list_properties(as_json: bool) -> None:
    """List every property."""
    found = described()
    if as_json:
        write_json(found)
        return
    rows = [(item["id"], item["kind"], item["sentence"], ", ".join(item["shown_by"])) for item in found]
    write_table(("property", "kind", "what holds", "shown by"), rows)
    write_text(f"{len(found)} properties; prove one: lien prove --property {found[0]['id']}", style="dim")


def covered() -> list[dict[str, Any]]:
    """Return what covers each property of other lending protocols, or why it cannot apply, as JSON has it."""
    found = described()
    return [
        {
            "number": number,
            "properties": [item["id"] for item in found if number in item["peers"]],
            "reason": INAPPLICABLE.get(number, ""),
        }
        for number in range(1, PEERS + 1)
    ]


def list_peers(as_json: bool) -> None:
    """List by number what covers the properties of other lending protocols."""
    found = covered()
    if as_json:
        write_json(found)
        return
    rows = [(str(item["number"]), item["reason"] or shortened(item["properties"])) for item in found]
    write_table(("number", "covered by, or why it cannot apply"), rows)
    count = sum(1 for item in found if item["properties"])
    write_text(f"{count} of {PEERS} properties of other lending protocols are covered", style="dim")


def shortened(names: list[str]) -> str:
    """Return the first names of a list, and how many more there are."""
    more = len(names) - NAMED
    return ", ".join(names[:NAMED]) + (f" and {more} more" if more > 0 else "")
