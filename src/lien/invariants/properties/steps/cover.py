"""What becomes of first-loss cover, of a facility's kind and of its end."""

from lien.invariants.properties.arrows import ON_A_FACILITY
from lien.invariants.properties.base import Kind, Observed, declare
from lien.invariants.properties.observing import balance_change, facilities_of, received, today_of
from lien.protocol.algebra import all_of, any_of, implies, scale
from lien.protocol.valuation import net_assets
from lien.spec.disbursement import Disburse
from lien.spec.facility import AnnounceCoverWithdrawal, Deposit, DepositCover, WindDown, WithdrawCover
from lien.spec.liquidation import Recover, WriteOff
from lien.spec.units import COVER_NOTICE_DAYS, WAD

ON_COVER = (DepositCover, AnnounceCoverWithdrawal, WithdrawCover)


@declare("COVER-APART", Kind.STEP, ("facility",), (39,), calls=ON_COVER)
def cover_is_no_part_of_net_assets(observed: Observed) -> bool:
    """Putting cover in, announcing or taking it out changes neither net assets nor shares."""
    if not observed.accepted:
        return True
    old, new = facilities_of(observed)
    today = today_of(observed)
    return all_of(net_assets(new, today) == net_assets(old, today), new.shares == old.shares)


@declare("COVER-KEPT", Kind.STEP, ("facility",), (71, 105), calls=ON_A_FACILITY)
def cover_changes_by_its_own_calls(observed: Observed) -> bool:
    """Cover rises by the servicer's deposit alone and falls by their withdrawal, by what they pay or get.

    Beside that it falls by a loss, and rises by what comes back of it. A notice is set only by its own call,
    and used up by withdrawals.
    """
    if not observed.accepted:
        return True
    call, servicer = observed.call, observed.context.sender
    old, new = facilities_of(observed)
    rise = new.cover - old.cover
    notice = new.cover_notice_amount - old.cover_notice_amount
    if isinstance(call, AnnounceCoverWithdrawal):
        return all_of(
            rise == 0,
            new.cover_notice_amount == call.amount,
            new.cover_notice_day == today_of(observed),
            servicer == old.servicer,
        )
    same_day = new.cover_notice_day == old.cover_notice_day
    if isinstance(call, DepositCover):
        paid = balance_change(observed, old.asset, servicer) == 0 - call.amount
        return all_of(rise == call.amount, paid, notice == 0, same_day, servicer == old.servicer)
    if isinstance(call, WithdrawCover):
        got = received(observed, old.asset, servicer) == call.amount
        return all_of(rise == 0 - call.amount, got, notice == rise, new.cover_notice_amount >= 0, same_day)
    if isinstance(call, (WriteOff, Recover)):
        lost = observed.after.loans.get(call.loan).cover_loss
        borne = rise == 0 - lost if isinstance(call, WriteOff) else all_of(rise >= 0, rise <= lost)
        return all_of(borne, notice == 0, same_day)
    return all_of(rise == 0, notice == 0, same_day)


@declare("COVER-AFTER-NOTICE", Kind.STEP, ("facility",), (98, 105), calls=(WithdrawCover,))
def cover_leaves_after_its_notice(observed: Observed) -> bool:
    """Cover leaves only to the servicer, after the notice, with no loan in default, above the minimum."""
    if not observed.accepted:
        return True
    old, new = facilities_of(observed)
    return all_of(
        observed.context.sender == old.servicer,
        today_of(observed) - old.cover_notice_day >= COVER_NOTICE_DAYS,
        old.defaulted_loans == 0,
        is_covered(new.cover, new.principal, new.cover_ratio),
    )


def is_covered(cover: int, principal: int, ratio: int) -> bool:
    """Return whether a cover is at least its ratio of the principal."""
    return cover * WAD >= scale(principal, ratio)


@declare("DISBURSE-COVERED", Kind.STEP, ("facility", "disbursement"), (98,), calls=(Disburse,))
def disbursement_is_covered(observed: Observed) -> bool:
    """After a disbursement the cover is at least what all principal outstanding requires."""
    if not observed.accepted:
        return True
    _, new = facilities_of(observed)
    return is_covered(new.cover, new.principal, new.cover_ratio)


@declare("WIND-DOWN-FINAL", Kind.STEP, ("facility",), (24,), calls=ON_A_FACILITY)
def winding_down_is_final(observed: Observed) -> bool:
    """A facility winds down by its servicer's call, for good; then it takes no deposit and lends nothing."""
    if not observed.accepted:
        return True
    old, new = facilities_of(observed)
    begins = all_of(isinstance(observed.call, WindDown), observed.context.sender == old.servicer)
    is_banned = isinstance(observed.call, (Deposit, Disburse))
    return all_of(
        new.is_winding_down >= old.is_winding_down,
        any_of(new.is_winding_down == old.is_winding_down, begins),
        implies(old.is_winding_down == 1, not is_banned),
    )


@declare("DEPOSIT-ALLOWED", Kind.STEP, ("facility",), (113, 105), calls=(Deposit,))
def deposit_is_allowed(observed: Observed) -> bool:
    """In a facility of one lender only that lender deposits; no deposit passes the cap."""
    if not observed.accepted:
        return True
    old, new = facilities_of(observed)
    return all_of(
        any_of(old.lender == 0, old.lender == observed.context.sender),
        new.cash + new.principal <= new.deposit_cap,
    )
