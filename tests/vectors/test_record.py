"""What is written down of a step is what a contract is sent, and what it has to answer."""

from dataclasses import replace

from eth_account import Account
from eth_utils import keccak  # type: ignore[attr-defined]

from lien.protocol.builders import restructure_by
from lien.protocol.signatures import SIGNATURE_BYTES, document_of, restructuring_of
from lien.spec.abi import encode_call
from lien.spec.assets import Transfer
from lien.spec.facility import Deposit
from lien.spec.genesis import private_key
from lien.spec.repayment import Restructure
from lien.vectors.record import record
from lien.vectors.stories.restructurings import restructuring
from lien.vectors.stories.terms import DEADLINE
from lien.vectors.stories.tree import scenes
from lien.vectors.story import follow, name_account, perform
from lien.vectors.world import world


def test_a_transfer_is_sent_to_its_token() -> None:
    token = world().asset("dUSD")
    call = Transfer(asset=token, recipient=name_account("stranger"), amount=5)
    step = record(follow(scenes()["funded"], "moved", call, "lender"))
    assert step.target == f"0x{token:040x}"
    assert step.calldata.startswith("0xa9059cbb")  # transfer(address,uint256) of ERC-20
    assert step.result == f"0x{1:064x}"
    assert step.logs == ()


def test_a_rejection_reverts_with_its_error_and_nothing_else() -> None:
    scene = scenes()["funded"]
    call = Deposit(facility=9, amount=1, minimum_shares=0)
    step = record(perform(scene, "lost", call, replace(scene.context, timestamp=scene.state.timestamp)))
    assert (step.succeeds, step.reason, step.logs) == (False, "UnknownFacility", ())
    assert step.result == f"0x{keccak(text='UnknownFacility()')[:4].hex()}"


def test_a_signature_stands_where_the_step_says() -> None:
    scene = scenes()["accepted-bullet"]
    step, call = record(scene), scene.call
    (slot,) = step.signatures
    content, offset = bytes.fromhex(step.calldata[2:]), int(slot.offset)
    loan = scene.before.loans.get(1)
    message = document_of(scene.before, 1, loan, loan.borrower, DEADLINE)
    assert call is not None
    assert content == encode_call(call)
    assert slot.struct_hash == f"0x{message.body.hex()}"
    # A runner signs the struct hash over the contract's domain; here that is genesis's.
    digest = keccak(b"\x19\x01" + message.header + message.body)
    signed = Account.unsafe_sign_hash(digest, private_key(slot.actor))
    assert content[offset : offset + 65] == signed.signature


def test_two_signatures_of_a_restructuring_stand_where_the_step_says() -> None:
    """Given a restructuring / When it is written down / Then both signatures are of its one document."""
    scene = scenes()["restructured"]
    step, call = record(scene), scene.call
    assert isinstance(call, Restructure)
    content, body = bytes.fromhex(step.calldata[2:]), restructuring_of(scene.before, call).body
    assert [slot.actor for slot in step.signatures] == ["borrower", "servicer"]
    assert {slot.struct_hash for slot in step.signatures} == {f"0x{body.hex()}"}
    starts = [int(slot.offset) for slot in step.signatures]
    signatures = [content[start : start + SIGNATURE_BYTES] for start in starts]
    assert signatures == [call.borrower_signature, call.servicer_signature]


def test_equal_signatures_stand_at_two_places() -> None:
    """Given a restructuring that the borrower signed twice / When it is written down / Then at two places."""
    scene = scenes()["overdue-interest-only"]
    unsigned = restructuring(scene.state, 1)
    call = restructure_by(scene.state, unsigned, "borrower", "borrower")
    step = record(perform(scene, "twice", call, replace(scene.context, timestamp=scene.state.timestamp)))
    assert step.reason == "WrongSigner"
    assert [slot.actor for slot in step.signatures] == ["borrower", "borrower"]
    first, second = (int(slot.offset) for slot in step.signatures)
    assert second >= first + SIGNATURE_BYTES


def test_a_step_is_observed_only_through_chapters_of_its_trace() -> None:
    views = {item.view.split("(")[0] for item in record(scenes()["funded"]).observations}
    assert views == {
        "balanceOf",
        "holdingsOf",
        "facilityCount",
        "facilities",
        "netAssetsOf",
        "sharePriceOf",
        "sharesOf",
        "depositDayOf",
    }


def test_an_untouched_loan_is_observed_beside_the_touched_one() -> None:
    views = [item.view for item in record(scenes()["active-second"]).observations]
    assert "loans(2)" in views
    assert "loans(1)" in views
