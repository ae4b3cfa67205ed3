"""Show that the runner for the EVM leaves nothing out in silence, signs as Lien does, and knows every name."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from eth_abi import encode
from eth_utils import keccak  # type: ignore[attr-defined]

from lien.protocol.builders import build_terms, sign
from lien.protocol.genesis import DOLLAR, ETHER
from lien.protocol.machine import Outcome, step
from lien.protocol.signatures import document_of
from lien.protocol.state import Context, State
from lien.spec import units
from lien.spec.abi import call_signature, event_signature
from lien.spec.agreement import Offer
from lien.spec.assets import Transfer, Transferred
from lien.spec.call import Call
from lien.spec.catalogue import CALLS, EVENTS
from lien.spec.facility import OpenFacility
from lien.spec.genesis import account_of, private_key
from lien.spec.reasons import Reason
from lien.vectors.views import VIEWS
from lien.vectors.world import first_state, world
from tests.vectors.evm.forge import SOLIDITY, Project, address, genesis_value, write_set
from tests.vectors.evm.reference import COVERED, REFERENCE

SIGNATURE_BYTES = 65
OFFSET_OF_SIGNATURE = 4 + 3 * 32  # after the selector, the hash, and where and how long the signature is


# What is missing, or left out


def drop(file: str, index: int) -> Callable[[Path], None]:
    def damage(vectors: Path) -> None:
        lines = (vectors / file).read_text().splitlines(keepends=True)
        del lines[index]
        (vectors / file).write_text("".join(lines))

    return damage


def rewrite(file: str, change: Callable[[str], str]) -> Callable[[Path], None]:
    return lambda vectors: (vectors / file).write_text(change((vectors / file).read_text())) and None


def remove(file: str) -> Callable[[Path], None]:
    return lambda vectors: (vectors / file).unlink()


DAMAGE: dict[str, tuple[str, Callable[[Path], None], str]] = {
    "a trace is missing": ("test_traces", drop("trace.hex", 1), "counted 3 traces, the manifest says 4"),
    "the last trace is missing": ("test_traces", drop("trace.hex", -1), "counted 3 traces, the manifest says 4"),
    "a blank line hides traces": (
        "test_traces",
        rewrite("trace.hex", lambda text: text.replace("\n", "\n\n", 1)),
        "counted 1 traces, the manifest says 4",
    ),
    "there is no trace": ("test_traces", rewrite("trace.hex", lambda _: "\n"), "counted 0 traces"),
    "a trace is cut short": ("test_traces", rewrite("trace.hex", lambda text: text[:-1001]), "CannotRun"),
    "the traces are absent": ("test_traces", remove("trace.hex"), "trace.hex"),
    "an arithmetic vector is missing": ("test_arithmetic", drop("arithmetic.hex", 0), "counted 3 arithmetic vectors"),
    "the manifest is absent": ("test_traces", remove("manifest.hex"), "NoVectors"),
    "genesis is absent": ("test_traces", remove("genesis.hex"), "genesis.hex"),
}


@pytest.mark.parametrize(("test", "damage", "reason"), DAMAGE.values(), ids=list(DAMAGE))
def test_a_damaged_set_fails(
    test: str, damage: Callable[[Path], None], reason: str, small_project: Project, tmp_path: Path
) -> None:
    """Given a set of which a part is missing, when Forge runs it, then it fails and says what is missing."""
    copy = small_project.copy(tmp_path / "copy")
    damage(copy.vectors)
    verdict = copy.verdict(REFERENCE, test)
    assert verdict.status == "Failure"
    assert reason in (verdict.reason or ""), verdict


ADAPTER = "test/FacilityConformance.t.sol"
SKIPPING = {
    "stops early": ("test/Conformance.sol", "length == 0) break;", "length == 0 || number == 3) break;", "counted 2 traces"),
    "passes over steps": ("test/Conformance.sol", "i < trace.steps.length &&", "i + 1 < trace.steps.length &&", "steps, the manifest says"),
    "misspells a chapter": (ADAPTER, '= "facility"', '= "facilities"', "no vector is of the chapter facilities"),
    "covers nothing": (
        ADAPTER,
        'new string[](2);\n        covered[0] = "assets";\n        covered[1] = "facility";',
        "new string[](0);",
        "no trace has run",
    ),
}


@pytest.mark.parametrize(("file", "old", "new", "reason"), SKIPPING.values(), ids=list(SKIPPING))
def test_a_runner_that_skips_fails(
    file: str, old: str, new: str, reason: str, small_project: Project, tmp_path: Path
) -> None:
    """Given a runner or an adapter that skips vectors, when Forge runs it, then it fails."""
    copy = small_project.copy(tmp_path / "copy")
    copy.replace(file, old, new)
    verdict = copy.verdict(REFERENCE, "test_traces")
    assert verdict.status == "Failure"
    assert reason in (verdict.reason or ""), verdict


# What is signed


def after(state: State, sender: str, call: Call) -> State:
    outcome = step(state, call, Context(account_of(sender), state.timestamp))
    assert isinstance(outcome, Outcome)
    return outcome.state


def test_the_runner_signs_as_lien_does(small_project: Project, tmp_path: Path) -> None:
    """Given a contract that caches its domain, when the runner signs for it, then the bytes are those of Lien."""
    copy = small_project.copy(tmp_path / "copy")
    for probe in (SOLIDITY / "probes").iterdir():
        (copy.solidity / "test" / probe.name).write_bytes(probe.read_bytes())
    terms = build_terms(
        principal=10**9, collateral_asset=ETHER, window_start_day=0, first_due_day=90, maturity_day=90
    )
    state = after(first_state(), "servicer", OpenFacility(asset=DOLLAR, interest_fee=0))
    state = after(state, "servicer", Offer(facility=1, borrower=account_of("borrower"), terms=terms))
    steps = [signed_step(state, signer, deadline=10**6 + number) for number, signer in enumerate(("borrower", "servicer"))]
    write_set(copy.vectors, genesis_value(), [("signatures", ["agreement"], [], steps)], [], ["agreement"])

    verdict = copy.verdict("SignatureProbeTest", "test_traces")

    assert verdict.status == "Success", verdict


def signed_step(state: State, signer: str, deadline: int) -> tuple[object, ...]:
    """Return a step of which the probe answers who signed it, and the signature."""
    body = document_of(state, 1, state.loans.get(1), account_of(signer), deadline).body
    unsigned = keccak(text="recover(bytes32,bytes)")[:4] + encode(["bytes32", "bytes"], [body, bytes(SIGNATURE_BYTES)])
    slot = (OFFSET_OF_SIGNATURE, int.from_bytes(private_key(signer), "big"), body)
    answer = encode(["address", "bytes"], [address(account_of(signer)), sign(state, 1, signer, deadline)])
    protocol, sender = address(world().protocol), address(account_of("stranger"))
    return protocol, sender, 0, unsigned, [slot], True, answer, [], []


# What the Solidity side repeats of the specification


def listed_names(constant: str) -> list[str]:
    source = (SOLIDITY / "test" / "Names.sol").read_text()
    found = re.search(rf'string private constant {constant} =((?:\s*"[^"]*")+);', source)
    assert found
    return "".join(re.findall('"([^"]*)"', found[1])).split()


def test_the_runner_names_every_error_call_view_and_event() -> None:
    of_token_and_arithmetic = ["InsufficientAllowance()", "DivisorIsZero()", "QuotientTooLarge()", "NumberTooLarge()"]
    calls = [call_signature(call) for call in CALLS.values() if call is not Transfer]
    assert listed_names("ERRORS") == [f"{reason.error}()" for reason in Reason] + of_token_and_arithmetic
    assert listed_names("CALLS") == ["transfer(address,uint256)", *calls]
    assert sorted(listed_names("VIEWS")) == sorted(f"{name}({','.join(view.types)})" for name, view in VIEWS.items())
    assert listed_names("EVENTS") == [event_signature(event) for event in EVENTS.values() if event is not Transferred]


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
