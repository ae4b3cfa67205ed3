"""Take single guards, roundings and assignments out of the protocol, and see that the proof falls."""

from pathlib import Path

import pytest

from tests.invariants.seeded import SOURCE, Fault, seed, unproved

FAULTS = [
    Fault(
        "a deposit is rounded up",
        "protocol/valuation.py",
        "return multiply_divide_down(amount, facility.shares + VIRTUAL_SHARES, assets + VIRTUAL_ASSETS)",
        "return 1 + multiply_divide_down(amount, facility.shares + VIRTUAL_SHARES, assets + VIRTUAL_ASSETS)",
        ("deposit", "", ""),
        "PRICE-DEPOSIT",
    ),
    Fault(
        "a redemption does not check the lender's shares",
        "protocol/transitions/facility.py",
        "    require(owned >= call.shares, Reason.INSUFFICIENT_SHARES, owned=owned, shares=call.shares)\n",
        "",
        ("redeem", "", ""),
        "REJECT-REDEEM",
    ),
    Fault(
        "a lender redeems past the queue",
        "protocol/transitions/facility.py",
        "    require(facility.queue_head == facility.queue_tail, Reason.QUEUE_NOT_EMPTY)\n",
        "",
        ("redeem", "", ""),
        "REJECT-REDEEM",
    ),
    Fault(
        "anyone takes a request back",
        "protocol/transitions/queue.py",
        "    require(context.sender == state.queued_by.get(place), Reason.NOT_REQUESTER)\n",
        "",
        ("cancel_redemption", "", ""),
        "CANCEL-EXACT",
    ),
    Fault(
        "a place that is paid is not emptied",
        "protocol/transitions/queue.py",
        "queued_shares=state.queued_shares.set(place, left),",
        "queued_shares=state.queued_shares,",
        ("process_redemption", "", ""),
        "PROCESS-EXACT",
    ),
    Fault(
        "a place is passed before it is empty",
        "protocol/transitions/queue.py",
        "queue_head=choose(is_done, first, facility.queue_head),",
        "queue_head=first,",
        ("process_redemption", "", ""),
        "QUEUE-ORDER",
    ),
    Fault(
        "cover leaves before its notice ends",
        "protocol/transitions/cover.py",
        "    require(today >= opens, Reason.COVER_NOTICE_RUNNING, today=today, opens=opens)\n",
        "",
        ("withdraw_cover", "", ""),
        "COVER-AFTER-NOTICE",
    ),
    Fault(
        "cover counts as cash",
        "protocol/transitions/cover.py",
        "facility = replace(facility, cover=facility.cover + call.amount)",
        "facility = replace(facility, cash=facility.cash + call.amount)",
        ("deposit_cover", "", ""),
        "COVER-APART",
    ),
    Fault(
        "a skim takes what is recorded",
        "protocol/transitions/assets.py",
        "excess = ledger.balances.get((call.asset, ledger.protocol)) - recorded",
        "excess = ledger.balances.get((call.asset, ledger.protocol))",
        ("skim", "", ""),
        "SKIM-EXACT",
    ),
    Fault(
        "a loan is disbursed without cover",
        "protocol/transitions/disbursement.py",
        "    require(facility.cover >= required, Reason.COVER_INSUFFICIENT, cover=facility.cover, "
        "required=required)\n",
        "",
        ("disburse", "AGREED", "BULLET"),
        "DISBURSE-COVERED",
    ),
    Fault(
        "a claim is not taken off",
        "protocol/transitions/assets.py",
        "claims=ledger.claims.set((call.asset, context.sender), 0),",
        "claims=ledger.claims,",
        ("claim", "", ""),
        "CLAIM-PAID-ONCE",
    ),
    Fault(
        "anyone's signature accepts",
        "protocol/transitions/agreement.py",
        "    require(context.signer == loan.borrower, Reason.WRONG_SIGNER)\n",
        "",
        ("accept", "OFFERED", ""),
        "SIGNED-BY-BOTH",
    ),
    Fault(
        "a nonce is not used up",
        "protocol/transitions/agreement.py",
        "replace(loan, status=LoanStatus.AGREED)),\n        nonces=state.nonces.set(document, nonce + 1),",
        "replace(loan, status=LoanStatus.AGREED)),\n        nonces=state.nonces,",
        ("countersign", "ACCEPTED", ""),
        "NONCE-USED-ONCE",
    ),
    Fault(
        "collateral comes back twice",
        "protocol/transitions/agreement.py",
        "cancelled = replace(loan, status=LoanStatus.CANCELLED, collateral=0)",
        "cancelled = replace(loan, status=LoanStatus.CANCELLED)",
        ("cancel", "ACCEPTED", ""),
        "TOTAL-HOLDINGS",
    ),
    Fault(
        "a loan is disbursed after its window",
        "protocol/transitions/disbursement.py",
        "    require(today <= terms.window_end_day, Reason.WINDOW_CLOSED)\n",
        "",
        ("disburse", "AGREED", "BULLET"),
        "DISBURSE-IN-WINDOW",
    ),
    Fault(
        "the last unit of principal can be paid without the fees",
        "protocol/waterfall.py",
        "spare, left = loan.principal - 1, amount",
        "spare, left = loan.principal, amount",
        ("take_payment", "DEFAULTED", "BULLET"),
        "CONTRACT",
    ),
    Fault(
        "default interest is rounded down",
        "protocol/waterfall.py",
        "default_interest=quotient_up(loan.default_interest, UNIT),",
        "default_interest=quotient_up(loan.default_interest, UNIT) - 1,",
        ("take_payment", "DEFAULTED", "ANNUITY"),
        "CONTRACT",
    ),
    Fault(
        "a late fee passes the usury cap",
        "protocol/accrual.py",
        "late_fee = minimum(loan.terms.late_fee, quotient_down(loan.usury_room, UNIT))",
        "late_fee = loan.terms.late_fee",
        ("catch_up", "ACTIVE", "EQUAL_PRINCIPAL"),
        "LOAN-USURY",
    ),
    Fault(
        "a loan in default still accrues for its facility",
        "protocol/aggregate.py",
        "ACCRUING = (LoanStatus.ACTIVE, LoanStatus.OVERDUE)",
        "ACCRUING = (LoanStatus.ACTIVE, LoanStatus.OVERDUE, LoanStatus.DEFAULTED)",
        ("declare_default", "OVERDUE", ""),
        "DEFAULT-STOPS-ACCRUAL",
    ),
    Fault(
        "the treasury takes its share rounded up",
        "protocol/valuation.py",
        "share = multiply_divide_down(facility.interest_paid, facility.interest_fee, WAD)",
        "share = 1 + multiply_divide_down(facility.interest_paid, facility.interest_fee, WAD)",
        ("repay", "DEFAULTED", ""),
        "TREASURY-SHARE",
    ),
]


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name.replace(" ", "-"))
def test_proof_falls(fault: Fault, tmp_path: Path) -> None:
    """Given a protocol with a fault, When it is proved, Then numbers refute the property that forbids it."""
    assert unproved(SOURCE, fault) == []

    ((name, result, story),) = unproved(seed(fault, tmp_path), fault)

    assert (name, result) == (fault.property, "refuted")
    assert [line[:5].strip() for line in story.splitlines() if not line.startswith("and ")] == [
        "Given",
        "When",
        "Then",
        "But",
    ]
