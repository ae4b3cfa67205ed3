"""Show that what the runner signs over a contract's own domain is what Lien signs."""

from dataclasses import replace
from pathlib import Path

from eth_abi.abi import encode
from eth_account.messages import SignableMessage
from eth_utils import keccak  # type: ignore[attr-defined]

from lien.protocol.builders import build_terms, sign, sign_restructuring
from lien.protocol.genesis import DOLLAR, ETHER
from lien.protocol.machine import Outcome, step
from lien.protocol.signatures import document_of, restructuring_of
from lien.protocol.state import Context, Loan, State
from lien.spec.call import Call
from lien.spec.facility import OpenFacility
from lien.spec.genesis import account_of, private_key
from lien.spec.repayment import Restructure
from lien.spec.terms import Terms
from lien.spec.types import LoanStatus
from lien.vectors.world import first_state, world
from tests.vectors.evm.forge import SOLIDITY, Project, address, genesis_value, write_set

SELECTOR = keccak(text="recover(bytes32,bytes)")[:4]
UNSIGNED = bytes(65)
OFFSET_OF_SIGNATURE = 4 + 3 * 32  # after the selector, the hash, and where and how long the signature is


def after(state: State, sender: str, call: Call) -> State:
    outcome = step(state, call, Context(account_of(sender), state.timestamp))
    assert isinstance(outcome, Outcome)
    return outcome.state


def test_the_runner_signs_as_lien_does(small_project: Project, tmp_path: Path) -> None:
    """Given a contract that caches its domain, when the runner signs for it, then the bytes are Lien's."""
    copy = small_project.copy(tmp_path / "copy")
    for probe in (SOLIDITY / "probes").iterdir():
        (copy.solidity / "test" / probe.name).write_bytes(probe.read_bytes())
    terms = build_terms(
        principal=10**9, collateral_asset=ETHER, window_start_day=0, first_due_day=90, maturity_day=90
    )
    state = after(first_state(), "servicer", OpenFacility(asset=DOLLAR, interest_fee=0, lender=0))
    state = with_offer(state, terms)
    change = Restructure(
        loan=1,
        terms=terms,
        maximum_capitalised=10**6,
        deadline=10**6 + 2,
        borrower_signature=UNSIGNED,
        servicer_signature=UNSIGNED,
    )
    steps = [
        *(agreement_step(state, signer, 10**6) for signer in ("borrower", "servicer")),
        *(restructuring_step(state, change, signer) for signer in ("borrower", "servicer")),
    ]
    write_set(copy.vectors, genesis_value(), [("signatures", ["agreement"], [], steps)], [], ["agreement"])

    verdict = copy.verdict("SignatureProbeTest", "test_traces")

    assert verdict.status == "Success", verdict


def with_offer(state: State, terms: Terms) -> State:
    """Return the state in which a loan of the terms is on offer, whatever came before."""
    facility, borrower = 1, account_of("borrower")
    loan = Loan(facility, borrower, terms, LoanStatus.OFFERED, collateral=0)
    return replace(state, loan_count=1, loans=state.loans.set(1, loan))


def agreement_step(state: State, signer: str, deadline: int) -> tuple[object, ...]:
    """Return a step in which a party signs the loan's agreement."""
    message = document_of(state, 1, state.loans.get(1), account_of(signer), deadline)
    return signed_step(message, signer, sign(state, 1, signer, deadline))


def restructuring_step(state: State, change: Restructure, signer: str) -> tuple[object, ...]:
    """Return a step in which a party signs a restructuring."""
    return signed_step(restructuring_of(state, change), signer, sign_restructuring(state, change, signer))


def signed_step(message: SignableMessage, signer: str, signature: bytes) -> tuple[object, ...]:
    """Return a step of which the probe answers who signed the message, and the signature."""
    calldata = SELECTOR + encode(["bytes32", "bytes"], [message.body, UNSIGNED])
    slot = (OFFSET_OF_SIGNATURE, int.from_bytes(private_key(signer), "big"), message.body)
    answer = encode(["address", "bytes"], [address(account_of(signer)), signature])
    protocol, sender = address(world().protocol), address(account_of("stranger"))
    return protocol, sender, 0, calldata, [slot], True, answer, [], []
