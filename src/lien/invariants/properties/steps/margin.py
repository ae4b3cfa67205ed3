"""What a top-up and a margin call do."""

from lien.invariants.properties.base import Kind, Observed, declare
from lien.invariants.properties.observing import balance_change, debt, loans_of, today_of
from lien.invariants.properties.steps.kept import effect_of
from lien.protocol.accrual import catch_up
from lien.protocol.algebra import all_of, choose, implies, minimum, negate, wide_product
from lien.protocol.health import collateral_value, is_within
from lien.protocol.margin import compute_needed_collateral, compute_needed_value
from lien.protocol.prices import usable_price
from lien.protocol.state import Loan
from lien.protocol.valuation import net_assets
from lien.spec.liquidation import MarginCall, MarginCalled
from lien.spec.repayment import TopUpCollateral
from lien.spec.types import LoanStatus
from lien.spec.units import MARGIN_CALL_DAYS, MAXIMUM_AMOUNT, MAXIMUM_DAY, MAXIMUM_TOTAL, PRICE_SCALE, WAD

TAKING_NOTHING_OWED = (TopUpCollateral, MarginCall)


def price_told(observed: Observed, kind: type[MarginCalled]) -> int:
    """Return the price that a call tells."""
    return next(event.price for event in observed.events if isinstance(event, kind))


def has_same_debt(caught_up: Loan, after: Loan) -> bool:
    """Return whether everything that is owed, and the status, is what catching up made of it."""
    names = ("status", "principal", "interest", "overdue_interest", "overdue_principal", "instalment")
    others = ("default_interest", "late_fees", "period", "since", "usury_room", "impairment", "prepaid")
    return all_of(*(getattr(after, name) == getattr(caught_up, name) for name in (*names, *others)))


@declare("DEBT-KEPT", Kind.STEP, ("repayment", "liquidation"), (45,), calls=TAKING_NOTHING_OWED)
def debt_is_what_the_dates_made_of_it(observed: Observed) -> bool:
    """A top-up and a margin call change nothing of what is owed but what time has brought."""
    if not observed.accepted:
        return True
    loan, after = loans_of(observed)
    return has_same_debt(catch_up(loan, today_of(observed)), after)


@declare("PRICE-TIME", Kind.STEP, ("facility", "repayment"), (44,), calls=TAKING_NOTHING_OWED)
def time_alone_keeps_net_assets(observed: Observed) -> bool:
    """A top-up and a margin call keep net assets, unless they find the loan in default for the first time."""
    if not observed.accepted:
        return True
    loan, after = loans_of(observed)
    if after.status == LoanStatus.DEFAULTED and loan.status != LoanStatus.DEFAULTED:
        return True
    old, new = observed.before.facilities.get(loan.facility), observed.after.facilities.get(loan.facility)
    day = today_of(observed)
    return all_of(net_assets(new, day) == net_assets(old, day), new.cash == old.cash)


@declare("TOP-UP-EXACT", Kind.STEP, ("repayment",), (3, 26), calls=(TopUpCollateral,), every=("account",))
def top_up_moves_its_amount(observed: Observed, account: int) -> bool:
    """A top-up moves exactly its amount from the payer into escrow; nobody else's balance changes."""
    if not observed.accepted:
        return True
    call, context = observed.call, observed.context
    loan, after = loans_of(observed)
    paid = choose(account == context.sender, 0 - call.amount, 0)
    held = choose(account == observed.before.settings.protocol, call.amount, 0)
    change = balance_change(observed, loan.terms.collateral_asset, account)
    return all_of(after.collateral == loan.collateral + call.amount, change == paid + held)


@declare("TOP-UP-CURES", Kind.STEP, ("repayment", "liquidation"), (), calls=(TopUpCollateral,))
def top_up_counts_for_the_margin_call(observed: Observed) -> bool:
    """A top-up that is enough cures an open margin call; any other leaves it the less to add."""
    if not observed.accepted:
        return True
    loan, after = loans_of(observed)
    caught_up = catch_up(loan, today_of(observed))
    left = caught_up.margin_top_up - observed.call.amount
    is_cured = all_of(after.margin_day == 0, after.margin_payment == 0, after.margin_top_up == 0)
    stays = all_of(
        after.margin_day == caught_up.margin_day,
        after.margin_payment == caught_up.margin_payment,
        after.margin_top_up == left,
    )
    return all_of(
        implies(left <= 0, is_cured), implies(left > 0, stays), after.stop_day >= caught_up.stop_day
    )


@declare("MARGIN-CALL-UNHEALTHY", Kind.STEP, ("liquidation",), (58,), calls=(MarginCall,))
def margin_call_needs_its_limit(observed: Observed) -> bool:
    """A margin call is made only at a usable price at which the debt is above the margin call limit."""
    if not observed.accepted:
        return True
    loan, after = loans_of(observed)
    asset, terms = observed.before.facilities.get(loan.facility).asset, loan.terms
    price = price_told(observed, MarginCalled)
    is_usable = price == usable_price(
        observed.before, terms.collateral_asset, asset, observed.context.timestamp
    )
    value = collateral_value(price, loan.collateral)
    return all_of(
        is_usable,
        price > 0,
        debt(after) > 0,
        negate(is_within(terms.margin_call_limit, debt(after), value)),
    )


@declare("MARGIN-CALL-PAYMENT", Kind.STEP, ("liquidation",), (90,), calls=(MarginCall,))
def payment_cures_exactly(observed: Observed) -> bool:
    """The payment of a margin call brings the debt within the limit at its price; one less does not."""
    if not observed.accepted:
        return True
    _, after = loans_of(observed)
    limit, value = (
        after.terms.margin_call_limit,
        collateral_value(price_told(observed, MarginCalled), after.collateral),
    )
    left = debt(after) - after.margin_payment
    return all_of(
        after.margin_payment > 0,
        after.margin_payment <= debt(after),
        is_within(limit, left, value),
        negate(is_within(limit, left + 1, value)),
    )


@declare("MARGIN-CALL-NEEDED", Kind.STEP, ("liquidation",), (), calls=(MarginCall,), early=True)
def more_is_needed_than_there_is(observed: Observed) -> bool:
    """A margin call needs more value, and so more collateral, than there is.

    What is needed fits an amount, where that is worth enough.
    """
    if not observed.accepted:
        return True
    _, after = loans_of(observed)
    price, limit = price_told(observed, MarginCalled), after.terms.margin_call_limit
    value = compute_needed_value(limit, debt(after))
    greatest = collateral_value(price, MAXIMUM_AMOUNT)
    wanted = minimum(value, greatest)
    needed = compute_needed_collateral(price, wanted)
    return all_of(
        wide_product(value, limit) >= debt(after) * WAD,
        collateral_value(price, after.collateral) < value,
        wide_product(needed, price) >= wanted * PRICE_SCALE,
        wide_product(needed - 1, price) < wanted * PRICE_SCALE,
        needed <= MAXIMUM_AMOUNT,
        implies(value <= greatest, needed > after.collateral),
    )


@declare("MARGIN-CALL-TOP-UP", Kind.STEP, ("liquidation",), (), calls=(MarginCall,))
def top_up_is_what_is_needed(observed: Observed) -> bool:
    """The top-up that a margin call names is what is missing of the collateral that is needed at its price.

    Where that would be more than any amount, it is out of reach, and only paying cures.
    """
    if not observed.accepted:
        return True
    _, after = loans_of(observed)
    price = price_told(observed, MarginCalled)
    value = compute_needed_value(after.terms.margin_call_limit, debt(after))
    greatest = collateral_value(price, MAXIMUM_AMOUNT)
    needed = compute_needed_collateral(price, minimum(value, greatest))
    return all_of(
        implies(value <= greatest, after.collateral + after.margin_top_up == needed),
        implies(value > greatest, after.margin_top_up == MAXIMUM_TOTAL),
    )


@declare("MARGIN-CALL-DEADLINE", Kind.STEP, ("liquidation",), (68,), calls=(MarginCall,))
def margin_call_leaves_its_days(observed: Observed) -> bool:
    """A margin call brings default at its deadline, after its whole days, or when the dates bring it before.

    It is told as it is kept, it was not open before, and it takes nothing from escrow.
    """
    if not observed.accepted:
        return True
    loan, after = loans_of(observed)
    deadline = minimum(today_of(observed) + MARGIN_CALL_DAYS + 1, MAXIMUM_DAY)
    return all_of(
        loan.margin_day == 0,
        after.margin_day == deadline,
        after.stop_day == minimum(loan.stop_day, deadline),
        after.collateral == loan.collateral,
        effect_of(observed, MarginCalled),
    )
