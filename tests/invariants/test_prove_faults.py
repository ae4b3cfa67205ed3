"""Take single guards, roundings and assignments out of the protocol, and see that the proof falls."""

from pathlib import Path

import pytest

from tests.invariants.seeded import SOURCE, Fault, seed, unproved

FAULTS = [
    Fault(
        "a decision does not wait",
        "protocol/transitions/governance.py",
        "    require(now >= ready_at, Reason.TIMELOCK_RUNNING, ready_at=ready_at, now=now)\n",
        "",
        ("execute", "", ""),
        "EXECUTE-APPROVED",
    ),
    Fault(
        "a member approves twice",
        "protocol/transitions/governance.py",
        "require(all_of(negate(has_approved), has_room), Reason.ALREADY_APPROVED)",
        "require(all_of(has_room), Reason.ALREADY_APPROVED)",
        ("approve", "", ""),
        "APPROVAL-OWN",
    ),
    Fault(
        "a pause follows on a pause",
        "protocol/transitions/governance.py",
        "    require(negate(is_cooling_down(state, call.scope, now)), Reason.PAUSE_COOLING_DOWN)\n",
        "",
        ("pause", "", ""),
        "PAUSE-BOUNDED",
    ),
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
    Fault(
        "anyone can post on a seat",
        "protocol/transitions/oracle.py",
        "    require(context.sender == state.feeders.get(call.seat), Reason.NOT_FEEDER)\n",
        "",
        ("post_price", "", ""),
        "REJECT-POST-PRICE",
    ),
    Fault(
        "a post is put behind a greater price",
        "protocol/prices.py",
        "stays = (True, *(other <= price for other in rest(feed.prices)), False)",
        "stays = (True, *(other <= price + 1 for other in rest(feed.prices)), False)",
        ("post_price", "", ""),
        "FEED-SORTED",
    ),
    Fault(
        "a post removes the slot of another seat",
        "protocol/prices.py",
        "for its_seat in feed.seats[: place + 1]))",
        "for its_seat in feed.seats[:place]))",
        ("post_price", "", ""),
        "FEED-SEATS",
    ),
    Fault(
        "a post is compared with nothing where no price is usable",
        "protocol/transitions/oracle.py",
        "reference=choose(usable > 0, usable, feed.reference)",
        "reference=usable",
        ("post_price", "", ""),
        "POST-REFERENCE",
    ),
    Fault(
        "a new feeder inherits what waits",
        "protocol/prices.py",
        "is_fresh(own, posted_at, seated_at, now), is_within_step(price, own)",
        "is_fresh(own, posted_at, 0, now), is_within_step(price, own)",
        ("post_price", "", ""),
        "POST-DELAY",
    ),
    Fault(
        "a move that has waited begins to wait anew when it is confirmed",
        "protocol/prices.py",
        "later = choose(confirms, maximum(usable_at, now), now + STEP_DELAY)",
        "later = choose(all_of(confirms, usable_at > now), usable_at, now + STEP_DELAY)",
        ("post_price", "", ""),
        "POST-NOT-POSTPONED",
    ),
    Fault(
        "the median is the lesser of the middle two, but one",
        "protocol/prices.py",
        "wanted = quotient_down(count_true(*counted) + 1, 2)",
        "wanted = quotient_down(count_true(*counted), 2)",
        ("relations", "", "", "PRICE-MINORITY"),
        "PRICE-MINORITY",
    ),
    Fault(
        "an old price is used",
        "protocol/prices.py",
        "now < posted_at + MAXIMUM_PRICE_AGE",
        "now <= posted_at + MAXIMUM_PRICE_AGE",
        ("relations", "", "", "PRICE-POSTED"),
        "PRICE-POSTED",
    ),
    Fault(
        "a price of the second in which the seat changed hands is used",
        "protocol/prices.py",
        "price > 0, posted_at > seated_at, now",
        "price > 0, posted_at >= seated_at, now",
        ("relations", "", "", "PRICE-POSTED"),
        "PRICE-POSTED",
    ),
    Fault(
        "a great move is used before its delay",
        "protocol/prices.py",
        "all_of(counts, usable_at <= now) for",
        "all_of(counts, usable_at <= now + 1) for",
        ("relations", "", "", "PRICE-WAITS"),
        "PRICE-WAITS",
    ),
    Fault(
        "a value is rounded up",
        "protocol/health.py",
        "return multiply_divide_down(amount, price, PRICE_SCALE)",
        "return 1 + multiply_divide_down(amount, price, PRICE_SCALE)",
        ("relations", "", "", "HEALTH-VALUE"),
        "HEALTH-VALUE",
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
