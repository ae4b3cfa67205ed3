"""What a view answers is what the call then does."""

from dataclasses import replace

from lien.invariants.properties.base import Kind, Observed, declare, is_one_of
from lien.invariants.properties.observing import balance_change, facilities_of, loans_of, received, today_of
from lien.invariants.properties.oracle import Times
from lien.invariants.properties.relations import are_same
from lien.invariants.properties.steps.repayment import taken_of
from lien.protocol import views
from lien.protocol.algebra import all_of, choose, equivalent, implies, maximum, negate
from lien.protocol.health import collateral_value, is_within
from lien.protocol.margin import compute_debt
from lien.protocol.prices import usable_price_of
from lien.protocol.state import Feed
from lien.protocol.views.collateral import compute_loan_to_value, compute_restoration
from lien.protocol.views.prices import next_stale_of
from lien.protocol.waterfall import compute_due
from lien.spec.assets import Claim
from lien.spec.facility import Deposit, Redeem
from lien.spec.liquidation import DeclareDefault, MarginCall
from lien.spec.reasons import Reason
from lien.spec.repayment import Repay
from lien.spec.types import LIVE, Amount, LoanStatus, Price, Ratio, Timestamp
from lien.spec.units import WAD

UNANSWERED = (Reason.UNKNOWN_FACILITY, Reason.SENDER_IS_PROTOCOL, Reason.TIME_RUNS_BACKWARD)

# --- loans ------------------------------------------------------------------------------------------


@declare("VIEW-PAYOFF", Kind.STEP, ("repayment",), (33,), calls=(Repay,))
def payoff_is_the_least_that_settles(observed: Observed) -> bool:
    """The payoff settles, and is all that is then taken; one unit less does not settle."""
    if not observed.accepted:
        return True
    _, after = loans_of(observed)
    payoff = views.payoff_on(observed.before, observed.call.loan, today_of(observed))
    is_settled = after.status == LoanStatus.SETTLED
    return all_of(
        equivalent(is_settled, observed.call.amount >= payoff),
        implies(is_settled, taken_of(observed) == payoff),
    )


@declare("VIEW-INSTALMENT", Kind.STEP, ("repayment",), (33,), calls=(Repay,))
def instalment_is_the_least_that_meets(observed: Observed) -> bool:
    """What is due falls by exactly what is paid: the instalment leaves nothing, one less leaves one."""
    if not observed.accepted:
        return True
    _, after = loans_of(observed)
    due = views.instalment_on(observed.before, observed.call.loan, today_of(observed))
    left = choose(is_one_of(after.status, LIVE), compute_due(after), 0)
    return left == maximum(due - observed.call.amount, 0)


@declare("VIEW-STATUS", Kind.STEP, ("liquidation",), (33,), calls=(DeclareDefault,))
def status_is_what_is_booked(observed: Observed) -> bool:
    """A default is booked exactly where the view has it already, and the loan is then as the view said."""
    if observed.reason not in (None, Reason.NOT_IN_DEFAULT):
        return True
    loan = views.loan_on(observed.before, observed.call.loan, today_of(observed))
    if not observed.accepted:
        return negate(loan.status == LoanStatus.DEFAULTED)
    _, after = loans_of(observed)
    return all_of(loan.status == LoanStatus.DEFAULTED, are_same(after, loan))


# --- facilities -------------------------------------------------------------------------------------


@declare("VIEW-SHARES", Kind.STEP, ("facility",), (33,), calls=(Deposit,))
def deposit_buys_what_the_view_says(observed: Observed) -> bool:
    """A deposit buys exactly the shares that the view says."""
    if not observed.accepted:
        return True
    call, (old, new) = observed.call, facilities_of(observed)
    expected = views.shares_for_amount(observed.before, call.facility, call.amount, today_of(observed))
    return new.shares - old.shares == expected


@declare("VIEW-AMOUNT", Kind.STEP, ("facility",), (33,), calls=(Redeem,))
def redemption_pays_what_the_view_says(observed: Observed) -> bool:
    """A redemption pays exactly the amount that the view says."""
    if not observed.accepted:
        return True
    call, (old, _) = observed.call, facilities_of(observed)
    expected = views.amount_for_shares(observed.before, call.facility, call.shares, today_of(observed))
    return received(observed, old.asset, observed.context.sender) == expected


@declare("VIEW-REDEEMABLE", Kind.STEP, ("facility",), (33, 36), calls=(Redeem,))
def redeemable_is_the_most_that_is_redeemed(observed: Observed) -> bool:
    """The redeemable shares can be redeemed at once for what they are worth, and not one more."""
    if observed.reason in UNANSWERED:
        return True
    call, day = observed.call, today_of(observed)
    most = views.redeemable_shares(observed.before, call.facility, observed.context.sender, day)
    if observed.accepted:
        is_there: bool = call.shares <= most
        return is_there
    worth = views.amount_for_shares(observed.before, call.facility, call.shares, day)
    return negate(all_of(call.shares == most, most > 0, worth >= call.minimum_amount))


@declare("VIEW-WHOEVER-ASKS", Kind.STEP, ("facility",), (31, 34), calls=(Deposit, Redeem))
def views_do_not_see_who_holds_what(observed: Observed) -> bool:
    """What shares and amounts convert into is the same for everyone, whatever they hold."""
    if not observed.accepted:
        return True
    before, facility, day = observed.before, observed.call.facility, today_of(observed)
    others = replace(before, ledger=observed.after.ledger, shares=observed.after.shares)
    return all_of(
        *(
            view(before, facility, WAD, day) == view(others, facility, WAD, day)
            for view in (views.shares_for_amount, views.amount_for_shares)
        )
    )


@declare("VIEW-ALWAYS-ANSWERS", Kind.STEP, ("facility",), (35, 36), calls=(Redeem,))
def views_of_a_facility_always_answer(observed: Observed) -> bool:
    """On any state the views of a facility answer, with nothing negative.

    What can be redeemed at once is at most what the lender has, and worth at most the idle cash.
    """
    if observed.reason in UNANSWERED:
        return True
    before, call, sender, day = observed.before, observed.call, observed.context.sender, today_of(observed)
    cash = before.facilities.get(call.facility).cash
    most = views.redeemable_shares(before, call.facility, sender, day)
    answers = (
        most,
        views.amount_for_shares(before, call.facility, call.shares, day),
        views.shares_for_amount(before, call.facility, call.minimum_amount, day),
        views.share_price_on(before, call.facility, day),
    )
    return all_of(
        *(answer >= 0 for answer in answers),
        most <= before.shares.get((call.facility, sender)),
        views.amount_for_shares(before, call.facility, most, day) <= cash,
    )


# --- claims, scores, prices -------------------------------------------------------------------------


@declare("VIEW-CLAIMABLE", Kind.STEP, ("assets",), (33,), calls=(Claim,))
def claim_pays_what_the_view_says(observed: Observed) -> bool:
    """A claim pays exactly what the view says is claimable; it is rejected as nothing where that is zero."""
    call, sender = observed.call, observed.context.sender
    amount = views.claimable(observed.before, call.asset, sender)
    if not observed.accepted:
        return implies(observed.reason is Reason.NOTHING_TO_CLAIM, amount == 0)
    left = views.claimable(observed.after, call.asset, sender)
    return all_of(amount > 0, left == 0, balance_change(observed, call.asset, call.recipient) == amount)


@declare("VIEW-NEXT-STALE", Kind.RELATIONAL, ("oracle",), ())
def price_holds_until_the_next_is_stale(feed: Feed, since: Times, now: Timestamp, later: Timestamp) -> bool:
    """A usable price stays usable until the time at which the view says that the next one is too old."""
    in_time = all_of(now <= later, later < next_stale_of(feed, since, now))
    is_usable, stays = usable_price_of(feed, since, now) > 0, usable_price_of(feed, since, later) > 0
    return implies(all_of(in_time, is_usable), stays)


# --- collateral -------------------------------------------------------------------------------------


@declare("VIEW-LOAN-TO-VALUE", Kind.RELATIONAL, ("oracle", "liquidation"), ())
def ratio_decides(limit: Ratio, debt: Amount, price: Price, collateral: Amount) -> bool:
    """A debt is within a limit exactly where its ratio to the value, rounded up, is at most the limit."""
    value = collateral_value(price, collateral)
    ratio = compute_loan_to_value(debt, maximum(value, 1))
    return implies(value > 0, equivalent(is_within(limit, debt, value), ratio <= limit))


@declare("VIEW-MARGIN-CALL", Kind.STEP, ("liquidation",), (33,), calls=(MarginCall,))
def margin_call_asks_what_the_view_says(observed: Observed) -> bool:
    """A margin call asks for the payment or top-up that the view says; without one to make, there is none."""
    if observed.reason not in (None, Reason.WITHIN_MARGIN_CALL_LIMIT):
        return True
    before, now = observed.before, observed.context.timestamp
    loan = views.loan_on(before, observed.call.loan, today_of(observed))
    asset = before.facilities.get(loan.facility).asset
    price = views.price_at(before, loan.terms.collateral_asset, asset, now)
    limit = loan.terms.margin_call_limit
    cure = compute_restoration(limit, compute_debt(loan), price, loan.collateral)
    if not observed.accepted:
        return cure.payment == 0
    _, after = loans_of(observed)
    return all_of(cure.payment > 0, after.margin_payment == cure.payment, after.margin_top_up == cure.top_up)
