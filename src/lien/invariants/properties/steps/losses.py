"""What impairments, write-offs and recoveries do."""

from dataclasses import fields

from lien.invariants.properties.arrows import ON_A_LOAN, ON_LOSSES
from lien.invariants.properties.base import Kind, Observed, declare, is_one_of
from lien.invariants.properties.observing import (
    balance_change,
    claim_change,
    facilities_of,
    loans_of,
    received,
    today_of,
)
from lien.protocol.accrual import catch_up
from lien.protocol.aggregate import recount
from lien.protocol.algebra import all_of, choose, implies, maximum, minimum
from lien.protocol.state import Facility, Loan
from lien.protocol.valuation import exit_assets, net_assets, unvested
from lien.spec.liquidation import Recover, WriteOff
from lien.spec.repayment import Impair, LiftImpairment
from lien.spec.types import ACCRUING, IN_DEFAULT, LoanStatus
from lien.spec.units import MAXIMUM_AMOUNT, WRITE_OFF_DAYS


def are_equal_but(first: Loan, second: Loan, *changed: str) -> bool:
    """Return whether two loans differ in the named fields at most."""
    kept = {item.name for item in fields(Loan)} - {"terms", *changed}
    same = (getattr(first, name) == getattr(second, name) for name in sorted(kept))
    return all_of(first.terms is second.terms, *same)


def counted_of(observed: Observed) -> tuple[Loan, Facility]:
    """Return the loan of a call as it is caught up, and the facility before the call with it counted so."""
    loan, _ = loans_of(observed)
    old, _ = facilities_of(observed)
    caught_up = catch_up(loan, today_of(observed))
    return caught_up, recount(old, loan, caught_up)


@declare("IMPAIR-EXACT", Kind.STEP, ("repayment",), (45,), calls=(Impair, LiftImpairment))
def impairment_is_what_the_servicer_says(observed: Observed) -> bool:
    """The servicer raises an impairment to the amount named, or lifts it where there is no default.

    Nothing else of the loan changes but what time has brought.
    """
    if not observed.accepted:
        return True
    call, (loan, after) = observed.call, loans_of(observed)
    old, new = facilities_of(observed)
    caught_up = catch_up(loan, today_of(observed))
    if isinstance(call, Impair):
        said = all_of(call.amount > caught_up.impairment, call.amount <= after.principal)
        impairment = call.amount
    else:
        said, impairment = is_one_of(after.status, ACCRUING), 0
    return all_of(
        said,
        observed.context.sender == old.servicer,
        after.impairment == impairment,
        are_equal_but(after, caught_up, "impairment"),
        new.impairment - old.impairment == impairment - loan.impairment,
    )


@declare("IMPAIR-APART", Kind.STEP, ("repayment", "facility"), (84,), calls=(Impair, LiftImpairment))
def impairment_is_for_who_leaves(observed: Observed) -> bool:
    """An impairment changes the net assets at which lenders leave by exactly itself, and no others."""
    if not observed.accepted:
        return True
    caught_up, counted = counted_of(observed)
    (_, after), (_, new), today = loans_of(observed), facilities_of(observed), today_of(observed)
    raised = after.impairment - caught_up.impairment
    return all_of(
        net_assets(new, today) == net_assets(counted, today),
        exit_assets(new, today) == exit_assets(counted, today) - raised,
    )


@declare("LOSS-MOVES-NOTHING", Kind.STEP, ("liquidation",), (105,), calls=ON_LOSSES, every=("account",))
def losses_move_no_tokens(observed: Observed, account: int) -> bool:
    """Impairing and writing off move no tokens; a recovery moves its payer's to the protocol or treasury."""
    if not observed.accepted:
        return True
    old, _ = facilities_of(observed)
    settings = observed.before.settings
    balance, claim = (change(observed, old.asset, account) for change in (balance_change, claim_change))
    if isinstance(observed.call, Recover):
        parties = (observed.context.sender, settings.protocol, settings.treasury)
        return implies(balance + claim != 0, is_one_of(account, parties))
    return all_of(balance == 0, claim == 0)


@declare("WRITE-OFF-DUE", Kind.STEP, ("liquidation",), (69,), calls=(WriteOff,))
def write_off_is_due(observed: Observed) -> bool:
    """A loan is written off by its servicer alone, long enough in default, with nothing left to sell."""
    if not observed.accepted:
        return True
    (loan, after), (old, _) = loans_of(observed), facilities_of(observed)
    return all_of(
        observed.context.sender == old.servicer,
        loan.status != LoanStatus.AUCTION,
        after.has_defaulted == 1,
        today_of(observed) >= after.default_day + WRITE_OFF_DAYS,
        loan.collateral == 0,
    )


@declare("WRITE-OFF-WATERFALL", Kind.STEP, ("liquidation",), (69, 71), calls=(WriteOff,))
def cover_bears_the_loss_first(observed: Observed) -> bool:
    """The cover pays for the principal that is lost as far as it goes, and the lenders bear the rest.

    The facility no longer counts the loan's principal, its impairment or its default.
    """
    if not observed.accepted:
        return True
    (loan, after), (old, new) = loans_of(observed), facilities_of(observed)
    lost = catch_up(loan, today_of(observed)).principal
    was_counted = choose(is_one_of(loan.status, IN_DEFAULT), 1, 0)
    return all_of(
        after.cover_loss == minimum(old.cover, lost),
        after.cover_loss + after.lender_loss == lost,
        after.recovered == 0,
        implies(after.lender_loss > 0, new.cover == 0),
        old.cover - new.cover == after.cover_loss,
        new.cash - old.cash == after.cover_loss,
        old.principal - new.principal == loan.principal,
        old.impairment - new.impairment == loan.impairment,
        old.defaulted_loans - new.defaulted_loans == was_counted,
    )


@declare("WRITE-OFF-LOSS", Kind.STEP, ("liquidation", "facility"), (44,), calls=(WriteOff,))
def lenders_lose_what_they_bear(observed: Observed) -> bool:
    """A write-off lowers net assets by exactly what the lenders bear; who leaves has the impairment back."""
    if not observed.accepted:
        return True
    caught_up, counted = counted_of(observed)
    (_, after), (_, new), today = loans_of(observed), facilities_of(observed), today_of(observed)
    return all_of(
        net_assets(new, today) == net_assets(counted, today) - after.lender_loss,
        exit_assets(new, today) == exit_assets(counted, today) - after.lender_loss + caught_up.impairment,
        new.shares == counted.shares,
    )


def recovered_of(observed: Observed) -> int:
    """Return what a recovery took."""
    loan, after = loans_of(observed)
    return after.recovered - loan.recovered


@declare("RECOVER-AT-MOST", Kind.STEP, ("liquidation",), (119,), calls=(Recover,), early=True)
def recovery_takes_what_was_lost(observed: Observed) -> bool:
    """A recovery takes something, at most what was offered and what was lost and has not come back."""
    if not observed.accepted:
        return True
    loan, _ = loans_of(observed)
    left = loan.lender_loss + loan.cover_loss - loan.recovered
    taken = recovered_of(observed)
    return all_of(taken > 0, taken == minimum(observed.call.amount, left))


@declare("RECOVER-ORDER", Kind.STEP, ("liquidation",), (), calls=(Recover,))
def lenders_recover_first(observed: Observed) -> bool:
    """A recovery makes good the lenders' loss first, then the cover's, and the payer pays exactly that.

    Where nobody holds a share, the treasury receives the lenders' part.
    """
    if not observed.accepted:
        return True
    (loan, _), (old, new) = loans_of(observed), facilities_of(observed)
    sender, treasury = observed.context.sender, observed.before.settings.treasury
    taken = recovered_of(observed)
    for_lenders = minimum(taken, maximum(loan.lender_loss - loan.recovered, 0))
    to_lenders = choose(old.shares == 0, 0, for_lenders)
    to_treasury = for_lenders - to_lenders
    is_own = sender == treasury
    return all_of(
        new.cash - old.cash == to_lenders,
        new.cover - old.cover == taken - for_lenders,
        balance_change(observed, old.asset, sender) <= 0,
        received(observed, old.asset, sender) == choose(is_own, to_treasury, 0) - taken,
        received(observed, old.asset, treasury) == to_treasury - choose(is_own, taken, 0),
    )


@declare("RECOVER-VESTS", Kind.STEP, ("liquidation", "facility"), (44,), calls=(Recover,))
def recovery_waits(observed: Observed) -> bool:
    """A recovery changes no net assets on its own day, but for what passes the greatest amount.

    Nothing else of the facility's loans and shares changes; one for cover alone delays none before it.
    """
    if not observed.accepted:
        return True
    (old, new), today = facilities_of(observed), today_of(observed)
    to_lenders = new.cash - old.cash
    fits = unvested(old, today) + to_lenders <= MAXIMUM_AMOUNT
    return all_of(
        net_assets(new, today) >= net_assets(old, today),
        implies(fits, net_assets(new, today) == net_assets(old, today)),
        implies(to_lenders == 0, new.recovered_day == old.recovered_day),
        new.principal == old.principal,
        new.impairment == old.impairment,
        new.shares == old.shares,
    )


@declare("RECOVER-TERMINAL", Kind.STEP, ("liquidation", "settlement"), (97,), calls=(Recover,))
def recovery_changes_one_figure(observed: Observed) -> bool:
    """Of a loan that is written off a recovery changes what has come back, and nothing else."""
    if not observed.accepted:
        return True
    loan, after = loans_of(observed)
    return all_of(loan.status == LoanStatus.WRITTEN_OFF, are_equal_but(after, loan, "recovered"))


@declare("LOSS-BY-WRITE-OFF", Kind.STEP, ("liquidation",), (70, 73), calls=ON_A_LOAN)
def loss_arises_by_a_write_off(observed: Observed) -> bool:
    """A loss arises by a write-off alone, once for each loan, and stays what it is.

    Only a recovery makes up for it, and nothing takes back what has come back.
    """
    if not observed.accepted:
        return True
    loan, after = loans_of(observed)
    if isinstance(observed.call, WriteOff):
        return all_of(loan.lender_loss == 0, loan.cover_loss == 0, loan.recovered == 0)
    has_more = isinstance(observed.call, Recover)
    return all_of(
        after.lender_loss == loan.lender_loss,
        after.cover_loss == loan.cover_loss,
        after.recovered > loan.recovered if has_more else after.recovered == loan.recovered,
    )
