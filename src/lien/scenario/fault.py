"""Say what is wrong with a scenario: in one line, with the place, what was found and what would be right."""

from difflib import get_close_matches

SHOWN = 60  # characters of what was found
NAMED = 3  # names that a hint lists


class Wrong(Exception):  # noqa: N818  # what a user writes wrongly is no error of the program
    """Carry the line, the field and the sentence of what has to be changed."""

    def __init__(self, line: int, field: str, found: str, expected: str) -> None:
        """Keep the parts; a line of zero is the file as a whole."""
        super().__init__(found, expected)
        self.line, self.field = line, field
        self.found, self.expected = found, expected

    def within(self, file: str) -> str:
        """Return the one line that a person reads."""
        where = f"{file}:{self.line}" if self.line else file
        found = f"{self.field}: found {self.found}" if self.field else f"found {self.found}"
        return f"{where}: {found}, expected {self.expected}"


class Unexpected(Exception):  # noqa: N818  # an outcome of the protocol that the scenario does not foresee
    """Carry the line of a call of which something else came than was expected, and the sentence of it."""

    def __init__(self, line: int, sentence: str) -> None:
        """Keep both."""
        super().__init__(sentence)
        self.line, self.sentence = line, sentence

    def within(self, file: str) -> str:
        """Return the one line that a person reads."""
        return f"{file}:{self.line}: {self.sentence}"


def short(text: str) -> str:
    """Return a text as it is quoted: in one line, the rest of a long one left out."""
    line = " ".join(text.split())
    printable = "".join(char if char.isprintable() else "?" for char in line)
    return repr(printable if len(printable) <= SHOWN else f"{printable[:SHOWN]}...")


def one_of(kind: str, name: str, known: tuple[str, ...]) -> str:
    """Return what is expected where a name is not known: the nearest known ones, or else the first."""
    if len(known) <= NAMED:
        return f"{kind}: {', '.join(known)}" if known else kind
    near = get_close_matches(name.lower(), [item.lower() for item in known], n=NAMED, cutoff=0.6)
    if not near:
        return f"{kind}, such as {' or '.join(known[:NAMED])}"
    by_form = {item.lower(): item for item in known}
    return f"{kind}: did you mean {' or '.join(by_form[form] for form in near)}?"
