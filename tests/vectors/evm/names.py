"""Write the names that the Solidity project repeats: `python -m tests.vectors.evm.names`."""

import re
from collections.abc import Iterator

from lien.spec.abi import call_signature, event_signature
from lien.spec.assets import Transfer, Transferred
from lien.spec.catalogue import CALLS, EVENTS
from lien.spec.reasons import Reason
from lien.vectors.arithmetic import operations
from lien.vectors.views import VIEWS
from tests.vectors.evm.forge import SOLIDITY

NAMES = SOLIDITY / "test" / "Names.sol"
REMEDY = "run python -m tests.vectors.evm.names"
OTHER_ERRORS = ("InsufficientAllowance()", "DivisorIsZero()", "QuotientTooLarge()", "NumberTooLarge()")
WIDTH, INDENT = 118, 8


def signature(name: str, types: tuple[str, ...]) -> str:
    """Return the signature of a function."""
    return f"{name}({','.join(types)})"


def expected() -> dict[str, list[str]]:
    """Return the names of each list."""
    calls = [call_signature(call) for call in CALLS.values() if call is not Transfer]
    return {
        "ERRORS": [*(f"{reason.error}()" for reason in Reason), *OTHER_ERRORS],
        "CALLS": ["transfer(address,uint256)", *calls],
        "VIEWS": [signature(name, view.types) for name, view in VIEWS.items()],
        "OPERATIONS": [signature(operation.name, operation.types) for operation in operations()],
        "EVENTS": [event_signature(event) for event in EVENTS.values() if event is not Transferred],
    }


def pattern(constant: str) -> str:
    """Return what finds a list in the source."""
    return rf'string private constant {constant} =((?:\s*"[^"]*")+);'


def listed(constant: str) -> list[str]:
    """Return the names of a list of the runner."""
    found = re.search(pattern(constant), NAMES.read_text())
    assert found, f"Names.sol has no list {constant}"
    literals: list[str] = re.findall('"([^"]*)"', found[1])
    return "".join(literals).split()


def lines(names: list[str]) -> Iterator[str]:
    """Yield a list in lines of string literals, broken after spaces and commas."""
    room, line = WIDTH - INDENT - 2, ""
    for part in re.findall(r"[^ ,]+[ ,]?", " ".join(names)):
        if len(line) + len(part) > room:
            yield f'{" " * INDENT}"{line}"'
            line = ""
        line += part
    yield f'{" " * INDENT}"{line}"'


def write() -> None:
    """Write every list anew."""
    source = NAMES.read_text()
    for constant, names in expected().items():
        text = f"string private constant {constant} =\n" + "\n".join(lines(names)) + ";"
        source = re.sub(pattern(constant), text, source)
    NAMES.write_text(source)


if __name__ == "__main__":
    write()
