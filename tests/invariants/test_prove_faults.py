"""Take single guards, roundings and assignments out of the protocol, and see that the proof falls."""

from typing import Any

import pytest

from lien.invariants.mutants.base import Mutant
from lien.invariants.prove.cases import HEAVY
from tests.invariants.seeded import Fault, prove_in_copy

FAULTS = [
    Fault(
        "redeemable shares forget the lock",
        "protocol/views/facilities.py",
        "        day >= state.deposit_days.get(position) + REDEMPTION_LOCK_DAYS,\n",
        "",
        ("redeem", "", ""),
        "VIEW-REDEEMABLE",
    ),
    Fault(
        "a view counts no collateral towards a cure",
        "protocol/views/collateral.py",
        "payment = compute_margin_payment(limit, debt, collateral_value(price, collateral))",
        "payment = compute_margin_payment(limit, debt, collateral_value(price, 0))",
        ("margin_call", "ACTIVE", ""),
        "VIEW-MARGIN-CALL",
    ),
    Fault(
        "a decision does not wait",
        "protocol/transitions/governance.py",
        "    require(now >= ready_at, Reason.TIMELOCK_RUNNING, ready_at=ready_at, now=now)\n",
        "",
        ("execute", "", ""),
        "EXECUTE-APPROVED",
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
        "the borrower alone restructures",
        "protocol/transitions/restructuring.py",
        "all_of(context.signer == loan.borrower, context.second_signer == facility.servicer)",
        "context.signer == loan.borrower",
        ("restructure", "DEFAULTED", ""),
        "RESTRUCTURE-SIGNED-BY-BOTH",
    ),
    Fault(
        "late fees are carried over twice",
        "protocol/restructuring.py",
        "        late_fees=0,\n",
        "",
        ("restructure", "DEFAULTED", ""),
        "RESTRUCTURE-CARRIES-ONCE",
    ),
    Fault(
        "a sequence number is not used up",
        "protocol/restructuring.py",
        "        restructurings=loan.restructurings + 1,\n",
        "",
        ("restructure", "DEFAULTED", ""),
        "SEQUENCE-USED-ONCE",
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
        "an application is offered again and again",
        "protocol/transitions/agreement.py",
        "consumed = replace(application, status=ApplicationStatus.OFFERED)",
        "consumed = application",
        ("offer", "", ""),
        "OFFER-ONCE",
    ),
    Fault(
        "a rate is cheaper than its grade",
        "protocol/offers.py",
        "terms.rate == product.rates[one]",
        "terms.rate <= product.rates[one]",
        ("offer", "", ""),
        "OFFER-PRICED",
    ),
    Fault(
        "a frozen borrower draws",
        "protocol/eligibility.py",
        "    require(state.ledger.frozen.get(account) == 0, Reason.ACCOUNT_FROZEN)\n",
        "",
        ("accept", "OFFERED", ""),
        "ELIGIBLE-TO-DRAW",
    ),
    Fault(
        "a loan begins above its limit",
        "protocol/health.py",
        "is_within(terms.origination_limit, terms.principal, value)",
        "is_within(terms.origination_limit, terms.principal - 1, value)",
        ("disburse", "AGREED", "BULLET"),
        "HEALTHY-AT-DISBURSEMENT",
    ),
    Fault(
        "a settled loan keeps its place",
        "protocol/booking.py",
        "has_ended = any_of(settles, after.status == LoanStatus.WRITTEN_OFF)",
        "has_ended = after.status == LoanStatus.WRITTEN_OFF",
        ("repay", "DEFAULTED", ""),
        "CREDIT-PERSON-KEPT",
    ),
    Fault(
        "a default counts twice",
        "protocol/credit.py",
        "return all_of(counts, loan.has_defaulted == 0)",
        "return counts",
        ("declare_default", "OVERDUE", ""),
        "CREDIT-EXACT",
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
        "a late fee is taken off what is owed",
        "protocol/accrual.py",
        "late_fees=loan.late_fees + late_fee",
        "late_fees=loan.late_fees - late_fee",
        ("catch_up", "ACTIVE", "EQUAL_PRINCIPAL"),
        "CONTRACT",
    ),
    Fault(
        "a loan in default still accrues for its facility",
        "protocol/aggregate.py",
        "for status in ACCRUING))",
        "for status in (*ACCRUING, LoanStatus.DEFAULTED)))",
        ("declare_default", "OVERDUE", ""),
        "DEFAULT-STOPS-ACCRUAL",
    ),
    Fault(
        "an auction starts without a price at once",
        "protocol/transitions/auction.py",
        "has_waited = day_of(now) >= caught_up.default_day + AUCTION_WAIT_DAYS",
        "has_waited = day_of(now) >= caught_up.default_day",
        ("start_auction", "DEFAULTED", ""),
        "AUCTION-CONDITION",
    ),
    Fault(
        "the clock of auctions runs while liquidation is closed",
        "protocol/auction.py",
        "return now - closed_seconds(state, now)",
        "return choose(closed_seconds(state, now) >= 0, now, 0)",
        ("start_auction", "DEFAULTED", ""),
        "AUCTION-CLOCK",
    ),
    Fault(
        "proceeds take the last unit of principal before fees",
        "protocol/waterfall.py",
        "principal = minimum(amount, loan.principal - 1)",
        "principal = minimum(amount, loan.principal)",
        ("take_proceeds", "DEFAULTED", ""),
        "CONTRACT",
    ),
    Fault(
        "the ask rises in the last round",
        "protocol/auction.py",
        "left = 2 * (AUCTION_SECONDS - spent)",
        "left = 2 * spent",
        ("relations", "AUCTION", "", "AUCTION-FALLS"),
        "AUCTION-FALLS",
    ),
    Fault(
        "the cover leaves a unit of a loss to the lenders",
        "protocol/losses.py",
        "cover_loss = minimum(cover, loan.principal)",
        "cover_loss = minimum(cover, loan.principal - 1)",
        ("write_off", "DEFAULTED", ""),
        "WRITE-OFF-WATERFALL",
    ),
    Fault(
        "the cover recovers before the lenders",
        "protocol/losses.py",
        "for_lenders = minimum(taken, maximum(loan.lender_loss - loan.recovered, 0))",
        "for_lenders = maximum(taken - maximum(loan.cover_loss - loan.recovered, 0), 0)",
        ("recover", "WRITTEN_OFF", ""),
        "RECOVER-ORDER",
    ),
    Fault(
        "a recovery enters net assets at once",
        "protocol/losses.py",
        "vesting = add_recovery(received, recovery.to_lenders, day)",
        "vesting = add_recovery(received, 0, day)",
        ("recover", "WRITTEN_OFF", ""),
        "RECOVER-VESTS",
    ),
    Fault(
        "an impairment is lifted in default",
        "protocol/transitions/impairment.py",
        "    require(caught_up.status in ACCRUING, Reason.LOAN_IN_DEFAULT)\n",
        "",
        ("lift_impairment", "DEFAULTED", ""),
        "IMPAIR-EXACT",
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
    Fault(
        "a seizure takes more than its share",
        "protocol/margin.py",
        "return minimum(collateral, minimum(by_price, share))",
        "return minimum(collateral, by_price)",
        ("relations", "", "", "SEIZURE-RATIO"),
        "SEIZURE-RATIO",
    ),
    Fault(
        "the value that a margin call needs is rounded down",
        "protocol/margin.py",
        "return multiply_divide_up(debt, WAD, limit)",
        "return multiply_divide_down(debt, WAD, limit)",
        ("relations", "", "", "NEEDED-VALUE-LEAST"),
        "NEEDED-VALUE-LEAST",
    ),
    Fault(
        "a top-up does not count for a margin call",
        "protocol/transitions/repayment.py",
        "day_of(context.timestamp)), 0, call.amount)",
        "day_of(context.timestamp)), 0, 0)",
        ("top_up_collateral", "OVERDUE", ""),
        "TOP-UP-CURES",
    ),
]


# The solver refutes these, and the proof falls, but no state that satisfies all else is found that shows it.
WITHOUT_NUMBERS = ("a new feeder inherits what waits",)
NO_NUMBERS = "no numbers refute it"
LONG = (*HEAVY, "disburse", "write_off", "take_proceeds")


def chosen(fault: Mutant) -> Any:
    """Return a fault as a parameter; one in a row that takes long is for long runs."""
    marks = (pytest.mark.long,) if fault.case[0] in LONG else ()
    return pytest.param(fault, id=fault.identifier.replace(" ", "-"), marks=marks)


@pytest.mark.parametrize("fault", [chosen(fault) for fault in FAULTS])
def test_proof_falls(fault: Mutant) -> None:
    """Given a protocol with a fault, When it is proved, Then numbers refute the property that forbids it.

    That the property is proved without the fault is what `lien prove` says.
    """

    finding = prove_in_copy(fault)

    assert finding.fell == fault.property
    if fault.identifier in WITHOUT_NUMBERS:
        assert (finding.result, finding.story[-len(NO_NUMBERS) :]) == ("error", NO_NUMBERS)
        return
    assert finding.result == "refuted"
    assert [line[:5].strip() for line in finding.story.splitlines() if not line.startswith("and ")] == [
        "Given",
        "When",
        "Then",
        "But",
    ]
