"""List the calls, and show one of them."""

from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any

from lien.cli.faults import require_known
from lien.cli.output import write_json, write_part, write_table, write_text
from lien.spec.call import Call, Event
from lien.spec.catalogue import CALLS, CHAPTERS


def describe(name: str) -> dict[str, Any]:
    """Return what a call is, as JSON has it."""
    kind = CALLS[name]
    return {
        "name": name,
        "chapter": kind.chapter,
        "sender": kind.sender,
        "reasons": [reason.name for reason in kind.reasons],
        "events": [event.event_name() for event in kind.events],
    }


def list_calls(as_json: bool) -> None:
    """List every call."""
    described = [describe(name) for name in CALLS]
    if as_json:
        write_json(described)
        return
    rows = [
        (
            item["name"],
            item["chapter"],
            item["sender"],
            len(item["reasons"]),
            ", ".join(item["events"]) or "-",
        )
        for item in described
    ]
    write_table(("call", "chapter", "sent by", "reasons", "events"), rows, numbers=(3,))
    write_text(f"{len(described)} calls; show one: lien show {described[0]['name']}", style="dim")


def require_call(name: str) -> str:
    """Return the call that a user names, as Python or as a contract spells it."""
    return require_known(
        "call", name, CALLS, fold=lambda text: text.replace("_", "").replace("-", "").lower()
    )


def show_call(name: str, folder: Path | None) -> None:
    """Show all that is said of a call on one screen."""
    name = require_call(name)
    kind = CALLS[name]
    found = [] if folder is None else list(vectors_of(name, folder))
    heading, summary = chapter_text(kind.chapter)
    write_text(f"{name}: {first_line(kind)}", style="bold")
    write_text(f"{heading} Sent by {kind.sender}.")
    write_text(summary, style="dim")
    write_part("\nFields", annotations(kind))
    write_part("\nRejected, in this order", ((reason.name, reason.value) for reason in kind.reasons))
    write_part("\nEvents", ((event.event_name(), ", ".join(field_names(event))) for event in kind.events))
    requirements, properties = traced(kind)
    write_part(
        "\nTraced to", [("requirements", ", ".join(requirements)), ("properties", ", ".join(properties))]
    )
    write_part("\nVectors", found)


def first_line(kind: type[Call]) -> str:
    """Return what a call does."""
    return (kind.__doc__ or "").strip().splitlines()[0]


def chapter_text(chapter: str) -> tuple[str, str]:
    """Return a chapter's heading and its first paragraph."""
    text = next(
        module.__doc__ or "" for module in CHAPTERS.values() if module.__name__.endswith(f".{chapter}")
    )
    heading, summary, *_ = text.split("\n\n")
    return heading.strip(), " ".join(summary.split())


def annotations(kind: type[Call]) -> Iterator[tuple[str, str]]:
    """Yield a call's fields with their ABI types; that of a record is its name."""
    from lien.spec.abi import abi_type

    for name in kind.model_fields:
        annotation = kind.__annotations__[name]
        text = abi_type(annotation)
        yield name, getattr(annotation, "__name__", text) if text.startswith("(") else text


def field_names(event: type[Event]) -> list[str]:
    """Return an event's fields, the first of which is indexed."""
    return [item.name for item in fields(event)]


def traced(kind: type[Call]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the requirements that a call meets and the properties that speak of it."""
    from lien.spec.settlement import LoanSettled
    from lien.vectors.requirements import properties_of, requirements_of

    may_settle = LoanSettled in kind.events
    return requirements_of(kind, may_settle), properties_of(kind, may_settle)


def vectors_of(name: str, folder: Path) -> Iterator[tuple[str, str]]:
    """Yield how many vectors of a folder end in a call, by what comes of it."""
    from lien.cli.vectors import open_folder

    found: dict[str, list[str]] = {}
    for _, _, vector in open_folder(folder).traces():
        last = vector.steps[-1]
        if last.call.name == name:
            found.setdefault(last.reason or "accepted", []).append(vector.id)
    for outcome, identifiers in sorted(found.items()):
        yield outcome, f"{len(identifiers):,}, the first {min(identifiers)}"
