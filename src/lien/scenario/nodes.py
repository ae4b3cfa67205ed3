"""Read YAML or JSON into nodes that know their line and their field; a scalar stays the text that it is.

What a text means is decided by the field in which it stands, so that no date, `yes` or `12:30` is changed on
the way. Anchors, aliases and tags are refused, and so are keys that stand twice: a file says what it says.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from lien.scenario.fault import Wrong, one_of, short

MOST_BYTES = 256 * 1024
MOST_DEPTH = 16
MOST_NODES = 50_000


@dataclass(frozen=True, slots=True)
class Node:
    """Hold a text, a list or named entries, the line on which it begins, and the field that it is."""

    content: "str | list[Node] | dict[str, Node]"
    line: int
    field: str

    def wrong(self, expected: str, found: str | None = None) -> Wrong:
        """Return what is to be raised where something else is expected here."""
        return Wrong(self.line, self.field, self.shown() if found is None else found, expected)

    def shown(self) -> str:
        """Return what was found, as it is quoted."""
        if isinstance(self.content, str):
            return short(self.content) if self.content else "nothing"
        kind = "a list" if isinstance(self.content, list) else "named entries"
        return kind if self.content else f"{kind} without any"

    def text(self, expected: str) -> str:
        """Return the text of a scalar."""
        if not isinstance(self.content, str) or not self.content:
            raise self.wrong(expected)
        return self.content

    def items(self, expected: str) -> "list[Node]":
        """Return the items of a list."""
        if not isinstance(self.content, list):
            raise self.wrong(expected)
        return self.content

    def entries(self, expected: str) -> "dict[str, Node]":
        """Return the entries by name."""
        if not isinstance(self.content, dict):
            raise self.wrong(expected)
        return self.content

    def only(self, expected: str, known: tuple[str, ...], kind: str) -> "dict[str, Node]":
        """Return the entries by name, and refuse one whose name is not known."""
        entries = self.entries(expected)
        for name, entry in entries.items():
            if name not in known:
                raise Wrong(
                    entry.line, entry.field, f"the unknown field {short(name)}", one_of(kind, name, known)
                )
        return entries

    def required(self, name: str, what: str) -> "Node":
        """Return an entry that must be there."""
        entries = self.entries("named entries")
        if name not in entries:
            raise Wrong(self.line, inside(self.field, name), "nothing", what)
        return entries[name]


def inside(field: str, name: str) -> str:
    """Return the name of a field inside another one."""
    return f"{field}.{name}" if field else name


def read_file(path: Path) -> Node:
    """Read a file.

    Raises: Wrong, with the line of what cannot be read; OSError, where the file itself cannot.
    """
    if path.is_dir():
        raise Wrong(0, "", "a folder", "a file in YAML or JSON")
    with path.open("rb") as file:
        content = file.read(MOST_BYTES + 1)
    return read_bytes(content, is_json=path.suffix == ".json")


def read_bytes(content: bytes, *, is_json: bool) -> Node:
    """Read the content of a file."""
    if len(content) > MOST_BYTES:
        raise Wrong(0, "", f"more than {MOST_BYTES:,} bytes", "a smaller file")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise Wrong(line, "", f"the byte 0x{content[error.start]:02x}", "text in UTF-8") from None
    if not text.strip():
        raise Wrong(0, "", "an empty file", "a scenario")
    if is_json:
        check_json(text)
        text = text.replace("\t", " ")  # in JSON a tab stands between tokens only; YAML takes none there
    return read_yaml(text)


def check_json(text: str) -> None:
    """Refuse what is not JSON; numbers stay text."""
    depth = 0
    for found in re.finditer(r'"(?:[^"\\\n]|\\.)*"|[\[{]|[\]}]', text):
        depth += (found[0] in "[{") - (found[0] in "]}")
        if depth > MOST_DEPTH:
            raise too_deep(text.count("\n", 0, found.start()) + 1, "")
    try:
        json.loads(text, parse_int=str, parse_float=str, parse_constant=str)
    except json.JSONDecodeError as error:
        raise Wrong(error.lineno, "", f"no JSON ({error.msg})", "JSON") from None


def read_yaml(text: str) -> Node:
    """Read the one document of a text."""
    try:
        return Composer(yaml.parse(text, Loader=yaml.SafeLoader)).document()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        problem = " ".join((error.problem or error.context or "").split())
        raise Wrong(mark.line + 1 if mark else 0, "", f"no YAML ({problem})", "YAML") from None
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        raise Wrong(line, "", f"the character 0x{ord(text[error.position]):02x}", "printable text") from None


def too_deep(line: int, field: str) -> Wrong:
    """Return what is raised where entries are nested without end."""
    return Wrong(line, field, f"more than {MOST_DEPTH} levels, one inside the other", "fewer levels")


class Composer:
    """Make nodes of the parser's events."""

    def __init__(self, events: Iterator[Event]) -> None:
        """Get ready to read."""
        self.events = events
        self.count = 0

    def document(self) -> Node:
        """Return the one document."""
        next(self.events)  # the stream's start
        first = next(self.events)
        if not isinstance(first, DocumentStartEvent):
            raise Wrong(0, "", "an empty file", "a scenario")
        node = self.node(next(self.events), "", 0)
        next(self.events)  # the document's end
        after = next(self.events)
        if not isinstance(after, StreamEndEvent):
            raise Wrong(line_of(after), "", "a second document", "one document in a file")
        return node

    def node(self, event: Event, field: str, depth: int) -> Node:
        """Return the node that begins with an event."""
        line = line_of(event)
        self.check(event, field, depth)
        if isinstance(event, ScalarEvent):
            return Node(printable(event.value.strip(), line, field), line, field)
        if isinstance(event, SequenceStartEvent):
            return Node(list(self.sequence(field, depth)), line, field)
        return Node(self.mapping(field, depth), line, field)

    def check(self, event: Event, field: str, depth: int) -> None:
        """Refuse what makes a file say more than it shows."""
        line = line_of(event)
        self.count += 1
        if isinstance(event, AliasEvent) or getattr(event, "anchor", None):
            raise Wrong(line, field, "an anchor or an alias", "the text itself: use repeat or many")
        tag = getattr(event, "tag", None)
        if tag:
            raise Wrong(line, field, f"the tag {short(tag)}", "no tags")  # pyright: ignore
        if depth > MOST_DEPTH:
            raise too_deep(line, field)
        if self.count > MOST_NODES:
            raise Wrong(line, field, f"more than {MOST_NODES:,} entries", "fewer entries")

    def sequence(self, field: str, depth: int) -> Iterator[Node]:
        """Yield the items of a list."""
        number = 0
        while not isinstance(event := next(self.events), SequenceEndEvent):
            number += 1
            yield self.node(event, f"{field}[{number}]", depth + 1)

    def mapping(self, field: str, depth: int) -> dict[str, Node]:
        """Return the entries of a mapping."""
        entries: dict[str, Node] = {}
        while not isinstance(event := next(self.events), MappingEndEvent):
            if not isinstance(event, ScalarEvent):
                self.check(event, field, depth)
                raise Wrong(line_of(event), field, "a list or entries as a name", "a name")
            self.check(event, field, depth)
            name = printable(event.value.strip(), line_of(event), field)
            place = inside(field, name)
            if name in entries:
                first = entries[name].line
                raise Wrong(
                    line_of(event), place, f"the name {short(name)} again", f"it once: it is on line {first}"
                )
            entry = self.node(next(self.events), place, depth + 1)
            entries[name] = Node(entry.content, line_of(event), place)
        return entries


def printable(text: str, line: int, field: str) -> str:
    """Refuse characters that no person reads, which a quoted text can hold in the form of escapes."""
    hidden = next((char for char in text if not char.isprintable() and char not in "\n\t"), None)
    if hidden is not None:
        raise Wrong(line, field, f"the character 0x{ord(hidden):02x}", "printable text")
    return text


def line_of(event: Event) -> int:
    """Return the line on which an event begins."""
    return event.start_mark.line + 1 if event.start_mark else 0
