"""Show that what the Solidity project repeats of the specification is what the specification says."""

import re
from itertools import filterfalse

import pytest

from lien.spec import units
from lien.spec.catalogue import CALLS
from tests.vectors.evm.forge import SOLIDITY
from tests.vectors.evm.names import REMEDY, expected, listed
from tests.vectors.evm.reference import COVERED


@pytest.mark.parametrize("constant", ["ERRORS", "CALLS", "VIEWS", "OPERATIONS", "EVENTS"])
def test_the_runner_names_everything(constant: str) -> None:
    """Given a list of the runner / When it is compared / Then it has the specification's names in order."""
    found, wanted = listed(constant), expected()[constant]
    missing, surplus = [*filterfalse(found.count, wanted)], [*filterfalse(wanted.count, found)]
    assert found == wanted, f"{constant} of Names.sol lacks {missing}, has too many {surplus}: {REMEDY}"


def test_the_reference_contract_has_the_errors_of_its_chapters() -> None:
    declared = re.findall(r"^error (\w+)\(\);", (SOLIDITY / "src" / "Errors.sol").read_text(), re.MULTILINE)
    needed = {reason.error for call in CALLS.values() if call.chapter in COVERED for reason in call.reasons}
    missing, surplus = sorted(needed - set(declared)), sorted(set(declared) - needed)
    assert sorted(declared) == sorted(needed), f"Errors.sol lacks {missing}, has too many {surplus}"


def test_the_reference_contract_has_the_units_of_the_specification() -> None:
    source = (SOLIDITY / "src" / "Units.sol").read_text().replace("type(uint32).max", "2**32 - 1")
    constants: dict[str, int] = {}
    for name, formula in re.findall(r"constant (\w+) = ([^;]+);", source):
        integral = re.sub(r"(\d+)e(\d+)", r"\1 * 10**\2", formula).replace("/", "//")
        constants[name] = eval(integral, {"__builtins__": {}}, constants)
    assert constants == {name: getattr(units, name) for name in constants}
