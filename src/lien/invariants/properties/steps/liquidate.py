"""What a liquidation does."""

from lien.invariants.properties.base import Kind, Observed, declare, is_one_of
from lien.invariants.properties.observing import debt, facilities_of, loans_of, received, today_of
from lien.invariants.properties.steps.repayment import as_treasury, payoff_of, taken_of
from lien.protocol.accrual import catch_up
from lien.protocol.algebra import all_of, any_of, choose, equivalent, implies, wide_product
from lien.protocol.arithmetic import multiply_divide_down, multiply_divide_up
from lien.protocol.health import collateral_value, is_within
from lien.protocol.margin import compute_seizure
from lien.protocol.prices import usable_price
from lien.spec.liquidation import Liquidate, Liquidated
from lien.spec.settlement import LoanSettled
from lien.spec.types import IN_DEFAULT, LoanStatus
from lien.spec.units import WAD


def liquidation_of(observed: Observed) -> Liquidated:
    """Return what a liquidation tells."""
    return next(event for event in observed.events if isinstance(event, Liquidated))


def released_of(observed: Observed) -> int:
    """Return the collateral that a settlement released."""
    return sum(event.collateral for event in observed.events if isinstance(event, LoanSettled))


@declare("LIQUIDATE-ONLY-UNHEALTHY", Kind.STEP, ("liquidation",), (58, 64, 68), calls=(Liquidate,))
def only_the_unhealthy_is_liquidated(observed: Observed) -> bool:
    """Only a debt in default, or above the liquidation limit, is liquidated; at a usable price."""
    if not observed.accepted:
        return True
    loan, _ = loans_of(observed)
    asset, terms = observed.before.facilities.get(loan.facility).asset, loan.terms
    price = liquidation_of(observed).price
    caught_up = catch_up(loan, today_of(observed))
    within = is_within(terms.liquidation_limit, debt(caught_up), collateral_value(price, loan.collateral))
    return all_of(
        price == usable_price(observed.before, terms.collateral_asset, asset, observed.context.timestamp),
        price > 0,
        implies(within, is_one_of(caught_up.status, IN_DEFAULT)),
        debt(caught_up) > 0,
    )


@declare("LIQUIDATE-NOT-ONES-OWN", Kind.STEP, ("liquidation",), (105,), calls=(Liquidate,))
def nobody_liquidates_their_own(observed: Observed) -> bool:
    """The borrower never liquidates, and nothing is liquidated in an auction."""
    if not observed.accepted:
        return True
    loan, _ = loans_of(observed)
    return all_of(observed.context.sender != loan.borrower, loan.status != LoanStatus.AUCTION)


@declare("LIQUIDATE-WITHIN", Kind.STEP, ("liquidation",), (119,), calls=(Liquidate,), early=True)
def seizure_is_within_escrow(observed: Observed) -> bool:
    """A liquidation repays at most the debt for at most all collateral, and less of it for less than all."""
    if not observed.accepted:
        return True
    loan, after = loans_of(observed)
    owed, taken = debt(catch_up(loan, today_of(observed))), taken_of(observed)
    share = multiply_divide_down(taken, loan.collateral, owed)
    return all_of(
        taken == owed - debt(after),
        taken <= owed,
        wide_product(taken, loan.collateral) <= wide_product(owed, loan.collateral),
        share <= loan.collateral,
        implies(all_of(taken < owed, loan.collateral > 0), share < loan.collateral),
        liquidation_of(observed).collateral <= share,
    )


@declare("LIQUIDATE-SEIZES-EXACTLY", Kind.STEP, ("liquidation",), (62, 119), calls=(Liquidate,), early=True)
def escrow_falls_by_what_is_seized(observed: Observed) -> bool:
    """Escrow falls by what is seized and, at zero debt, by the rest, which is released.

    What is seized is worth at most what was repaid with the bonus, and at most its share, rounded down; it is
    no less than the liquidator asked for.
    """
    if not observed.accepted:
        return True
    loan, after = loans_of(observed)
    event = liquidation_of(observed)
    owed = debt(catch_up(loan, today_of(observed)))
    bonus = loan.terms.liquidation_bonus
    return all_of(
        event.collateral == compute_seizure(loan.collateral, owed, taken_of(observed), event.price, bonus),
        event.collateral > 0,
        event.collateral >= observed.call.minimum_collateral,
        loan.collateral - after.collateral == event.collateral + released_of(observed),
        implies(after.status == LoanStatus.SETTLED, after.collateral == 0),
        implies(after.status != LoanStatus.SETTLED, released_of(observed) == 0),
    )


@declare("LIQUIDATE-RATIO", Kind.STEP, ("liquidation",), (59,), calls=(Liquidate,))
def ratio_never_worsens(observed: Observed) -> bool:
    """Debt after x collateral before is at most debt before x collateral after."""
    if not observed.accepted:
        return True
    loan, after = loans_of(observed)
    if after.status == LoanStatus.SETTLED:
        return debt(after) == 0
    owed = debt(catch_up(loan, today_of(observed)))
    return wide_product(debt(after), loan.collateral) <= wide_product(owed, after.collateral)


@declare("LIQUIDATE-BONUS", Kind.STEP, ("liquidation",), (62,), calls=(Liquidate,))
def seizure_is_bounded_by_the_bonus(observed: Observed) -> bool:
    """What is seized is worth at most what was repaid, with the bonus of the terms."""
    if not observed.accepted:
        return True
    loan, _ = loans_of(observed)
    event = liquidation_of(observed)
    with_bonus = multiply_divide_down(taken_of(observed), WAD + loan.terms.liquidation_bonus, WAD)
    return collateral_value(event.price, event.collateral) <= with_bonus


@declare("LIQUIDATE-CLOSE-FACTOR", Kind.STEP, ("liquidation",), (66, 67), calls=(Liquidate,))
def close_factor_is_kept(observed: Observed) -> bool:
    """One liquidation repays at most the close factor of the debt, rounded up, unless dust could remain."""
    if not observed.accepted:
        return True
    loan, _ = loans_of(observed)
    caught_up = catch_up(loan, today_of(observed))
    part = multiply_divide_up(debt(caught_up), loan.terms.close_factor, WAD)
    leaves_dust = caught_up.principal - part < loan.terms.minimum_principal
    return any_of(taken_of(observed) <= part, leaves_dust)


@declare("LIQUIDATE-SETTLES", Kind.STEP, ("liquidation", "settlement"), (97, 93), calls=(Liquidate,))
def liquidation_settles_at_zero_debt(observed: Observed) -> bool:
    """A liquidation settles exactly when it repays all that is owed, and bears no prepayment fee."""
    if not observed.accepted:
        return True
    loan, after = loans_of(observed)
    caught_up = catch_up(loan, today_of(observed))
    is_settled = after.status == LoanStatus.SETTLED
    return all_of(
        equivalent(is_settled, taken_of(observed) == payoff_of(observed, caught_up)),
        equivalent(is_settled, after.principal == 0),
        after.prepayment_fees == loan.prepayment_fees,
        after.prepaid == loan.prepaid,
    )


@declare("LIQUIDATE-PAYS", Kind.STEP, ("liquidation",), (26, 119), calls=(Liquidate,))
def liquidator_and_borrower_receive_theirs(observed: Observed) -> bool:
    """The liquidator receives what is seized, the borrower what is released.

    Where collateral and loan are of one asset, what is repaid, or goes to the treasury, is told apart.
    """
    if not observed.accepted:
        return True
    (loan, _), (old, _), liquidator = loans_of(observed), facilities_of(observed), observed.context.sender
    asset = loan.terms.collateral_asset
    repaid = choose(asset == old.asset, taken_of(observed), 0)
    got = received(observed, asset, liquidator) - as_treasury(observed, liquidator)
    returned = received(observed, asset, loan.borrower) - as_treasury(observed, loan.borrower)
    return all_of(got == liquidation_of(observed).collateral - repaid, returned == released_of(observed))
