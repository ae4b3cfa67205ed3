"""Show that what the Solidity project repeats of the specification is what the specification says."""

import re

from lien.spec import units
from lien.spec.abi import call_signature, event_signature
from lien.spec.assets import Transfer, Transferred
from lien.spec.catalogue import CALLS, EVENTS
from lien.spec.reasons import Reason
from lien.vectors.arithmetic import operations
from lien.vectors.views import VIEWS
from tests.vectors.evm.forge import SOLIDITY
from tests.vectors.evm.reference import COVERED

OTHER_ERRORS = ["InsufficientAllowance()", "DivisorIsZero()", "QuotientTooLarge()", "NumberTooLarge()"]


def listed(constant: str) -> list[str]:
    """Return the names of a list of the runner."""
    source = (SOLIDITY / "test" / "Names.sol").read_text()
    found = re.search(rf'string private constant {constant} =((?:\s*"[^"]*")+);', source)
    assert found
    literals: list[str] = re.findall('"([^"]*)"', found[1])
    return "".join(literals).split()


def signature(name: str, types: tuple[str, ...]) -> str:
    return f"{name}({','.join(types)})"


def test_the_runner_names_every_error() -> None:
    assert listed("ERRORS") == [f"{reason.error}()" for reason in Reason] + OTHER_ERRORS


def test_the_runner_names_every_call() -> None:
    calls = [call_signature(call) for call in CALLS.values() if call is not Transfer]
    assert listed("CALLS") == ["transfer(address,uint256)", *calls]


def test_the_runner_names_every_event() -> None:
    events = [event_signature(event) for event in EVENTS.values() if event is not Transferred]
    assert listed("EVENTS") == events


def test_the_runner_names_every_view() -> None:
    assert sorted(listed("VIEWS")) == sorted(signature(name, view.types) for name, view in VIEWS.items())


def test_the_runner_knows_every_operation() -> None:
    assert listed("OPERATIONS") == [signature(operation.name, operation.types) for operation in operations()]


def test_the_reference_contract_has_the_errors_of_its_chapters() -> None:
    declared = re.findall(r"^error (\w+)\(\);", (SOLIDITY / "src" / "Errors.sol").read_text(), re.MULTILINE)
    needed = [reason for call in CALLS.values() if call.chapter in COVERED for reason in call.reasons]
    assert sorted(declared) == sorted({reason.error for reason in needed})


def test_the_reference_contract_has_the_units_of_the_specification() -> None:
    source = (SOLIDITY / "src" / "Units.sol").read_text().replace("type(uint32).max", "2**32 - 1")
    constants: dict[str, int] = {}
    for name, formula in re.findall(r"constant (\w+) = ([^;]+);", source):
        integral = re.sub(r"(\d+)e(\d+)", r"\1 * 10**\2", formula).replace("/", "//")
        constants[name] = eval(integral, {"__builtins__": {}}, constants)
    assert constants == {name: getattr(units, name) for name in constants}
