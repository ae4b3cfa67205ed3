"""What calls on a facility do."""

from collections.abc import Callable

from lien.invariants.properties.arrows import NAMING_A_FACILITY, ON_A_FACILITY
from lien.invariants.properties.base import Kind, Observed, declare
from lien.invariants.properties.observing import balance_change, facilities_of, received, today_of
from lien.protocol.algebra import all_of, any_of, choose
from lien.protocol.state import Facility, State
from lien.protocol.valuation import exit_assets, net_assets
from lien.spec.facility import CancelRedemption, Deposit, ProcessRedemption, Redeem, RequestRedemption
from lien.spec.units import VIRTUAL_ASSETS, VIRTUAL_SHARES


def has_no_lower_price(
    before: State, after: State, facility: int, day: int, value: Callable[[Facility, int], int] = net_assets
) -> bool:
    """Return whether a share is worth at least as much as before, on a day, to the last digit."""
    old, new = before.facilities.get(facility), after.facilities.get(facility)
    old_assets, new_assets = value(old, day) + VIRTUAL_ASSETS, value(new, day) + VIRTUAL_ASSETS
    return new_assets * (old.shares + VIRTUAL_SHARES) >= old_assets * (new.shares + VIRTUAL_SHARES)


@declare("SHARES-AUTHORISED", Kind.STEP, ("facility",), (105, 40), every=("facility", "account"))
def shares_fall_by_redemption(observed: Observed, facility: int, account: int) -> bool:
    """A lender's shares fall only by their own redemption or request, and others' shares never change.

    They rise by their own deposit, by taking a request back, or where their place is given back as dust.
    """
    key, call = (facility, account), observed.call
    change = observed.after.shares.get(key) - observed.before.shares.get(key)
    is_own = observed.context.sender == account
    if isinstance(call, (Redeem, RequestRedemption)):
        return any_of(change == 0, all_of(change < 0, call.facility == facility, is_own))
    if isinstance(call, (Deposit, CancelRedemption)):
        return any_of(change == 0, all_of(change > 0, call.facility == facility, is_own))
    if isinstance(call, ProcessRedemption) and observed.accepted:
        first = (call.facility, observed.before.facilities.get(call.facility).queue_head + 1)
        is_its = observed.before.queued_by.get(first) == account
        return any_of(change == 0, all_of(change > 0, call.facility == facility, is_its))
    return change == 0


@declare("PRICE-DEPOSIT", Kind.STEP, ("facility",), (29, 39, 44), calls=(Deposit,))
def deposit_lowers_no_price(observed: Observed) -> bool:
    """A deposit never lowers the share price at which it was made."""
    if not observed.accepted:
        return True
    return has_no_lower_price(observed.before, observed.after, observed.call.facility, today_of(observed) + 1)


@declare("PRICE-REDEEM", Kind.STEP, ("facility",), (29, 39, 44), calls=(Redeem,))
def redemption_lowers_no_price(observed: Observed) -> bool:
    """A redemption never lowers the share price at which it was made."""
    if not observed.accepted:
        return True
    return has_no_lower_price(
        observed.before, observed.after, observed.call.facility, today_of(observed), exit_assets
    )


@declare("REDEEM-FROM-CASH", Kind.STEP, ("facility",), (36, 102, 38), calls=(Redeem,))
def redemption_is_paid_from_cash(observed: Observed) -> bool:
    """A redemption pays something, at most the idle cash, and burns exactly the shares named."""
    if not observed.accepted:
        return True
    call = observed.call
    old, new = facilities_of(observed)
    paid = old.cash - new.cash
    return all_of(
        paid > 0,
        paid >= call.minimum_amount,
        new.cash >= 0,
        old.shares - new.shares == call.shares,
        received(observed, old.asset, observed.context.sender) == paid,
    )


@declare("DEPOSIT-EXACT", Kind.STEP, ("facility",), (38, 30), calls=(Deposit,))
def deposit_is_exact(observed: Observed) -> bool:
    """A deposit takes exactly its amount and gives at least the shares asked for, never none."""
    if not observed.accepted:
        return True
    call = observed.call
    old, new = facilities_of(observed)
    bought = new.shares - old.shares
    return all_of(
        bought > 0,
        bought >= call.minimum_shares,
        new.cash - old.cash == call.amount,
        balance_change(observed, old.asset, observed.context.sender) == 0 - call.amount,
    )


@declare("FAIR-DEPOSIT", Kind.STEP, ("facility",), (29, 30, 39), calls=(Deposit,))
def deposit_loses_less_than_a_share(observed: Observed) -> bool:
    """A deposit buys the shares that it is worth at its price, less a part of one share, and never more."""
    if not observed.accepted:
        return True
    call = observed.call
    old, new = facilities_of(observed)
    bought, assets = new.shares - old.shares, net_assets(old, today_of(observed) + 1) + VIRTUAL_ASSETS
    worth = call.amount * (old.shares + VIRTUAL_SHARES)
    return all_of(bought * assets <= worth, worth < (bought + 1) * assets)


@declare("FAIR-REDEEM", Kind.STEP, ("facility",), (29, 30, 39), calls=(Redeem,))
def redemption_loses_less_than_a_unit(observed: Observed) -> bool:
    """A redemption pays what its shares are worth at its price, less a part of one unit, and never more."""
    if not observed.accepted:
        return True
    call = observed.call
    old, new = facilities_of(observed)
    paid, shares = old.cash - new.cash, old.shares + VIRTUAL_SHARES
    worth = call.shares * (exit_assets(old, today_of(observed)) + VIRTUAL_ASSETS)
    return all_of(paid * shares <= worth, worth < (paid + 1) * shares)


@declare("FACILITY-FIXED", Kind.STEP, ("facility",), (107,), calls=ON_A_FACILITY)
def facility_identity_is_fixed(observed: Observed) -> bool:
    """What was fixed when a facility was opened never changes."""
    if not observed.accepted:
        return True
    old, new = facilities_of(observed)
    return all_of(
        new.asset == old.asset,
        new.servicer == old.servicer,
        new.interest_fee == old.interest_fee,
        new.lender == old.lender,
    )


@declare(
    "DEPOSIT-LOCKS",
    Kind.STEP,
    ("facility",),
    (40,),
    calls=NAMING_A_FACILITY,
    every=("facility", "account"),
)
def deposit_locks_the_shares(observed: Observed, facility: int, account: int) -> bool:
    """A deposit locks its lender's shares of the facility from that day on; nothing else moves a lock."""
    key, call = (facility, account), observed.call
    before, after = observed.before.deposit_days.get(key), observed.after.deposit_days.get(key)
    if isinstance(call, Deposit) and observed.accepted:
        is_its = all_of(facility == call.facility, account == observed.context.sender)
        return after == choose(is_its, today_of(observed), before)
    return after == before
