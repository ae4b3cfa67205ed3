"""What has to be true of a borrower, a facility and a price for a loan to come about."""

from dataclasses import fields

from lien.invariants.properties.base import Kind, Observed, declare, is_one_of
from lien.invariants.properties.observing import loans_of, today_of
from lien.protocol.algebra import all_of, any_of, choose, implies, negate, wide_product
from lien.protocol.arithmetic import multiply_divide_down
from lien.protocol.eligibility import is_eligible
from lien.protocol.health import collateral_value
from lien.protocol.pauses import is_paused
from lien.protocol.prices import usable_price
from lien.protocol.state import Identity
from lien.protocol.valuation import net_assets
from lien.spec.agreement import Accept, Countersign, Offer
from lien.spec.application import Apply
from lien.spec.call import Call
from lien.spec.disbursement import Disburse
from lien.spec.facility import Deposit
from lien.spec.types import ACCRUING, IN_DEFAULT, LIVE, Scope
from lien.spec.units import WAD

PAUSED_BY: dict[type[Call], Scope] = {
    Apply: Scope.ORIGINATION,
    Offer: Scope.ORIGINATION,
    Accept: Scope.ORIGINATION,
    Countersign: Scope.ORIGINATION,
    Disburse: Scope.ORIGINATION,
    Deposit: Scope.DEPOSITS,
}


@declare("PAUSE-STOPS", Kind.STEP, ("governance",), (111,), calls=tuple(PAUSED_BY))
def pause_stops_its_calls(observed: Observed) -> bool:
    """While a scope is paused none of its calls is accepted."""
    scope = PAUSED_BY[type(observed.call)]
    return implies(observed.accepted, negate(is_paused(observed.before, scope, observed.context.timestamp)))


@declare("ELIGIBLE-TO-DRAW", Kind.STEP, ("identity", "disbursement"), (112, 105), calls=(Accept, Disburse))
def borrower_is_eligible(observed: Observed) -> bool:
    """Only a borrower accepts and draws who is eligible now, with the identity that applied."""
    if not observed.accepted:
        return True
    loan, _ = loans_of(observed)
    return all_of(
        is_eligible(observed.before, loan.borrower, observed.context.timestamp),
        observed.before.identity_of.get(loan.borrower) == loan.identity,
    )


def applicant_of(observed: Observed) -> Identity:
    """Return the identity that a call to borrow is about."""
    before = observed.before
    if isinstance(observed.call, Apply):
        identity: Identity = before.identities.get(before.identity_of.get(observed.context.sender))
        return identity
    return before.identities.get(before.loans.get(observed.call.loan).identity)


@declare("NO-OPEN-DEFAULT", Kind.STEP, ("credit", "disbursement"), (112,), calls=(Apply, Accept, Disburse))
def nobody_in_default_borrows(observed: Observed) -> bool:
    """Whoever applies, accepts or draws has no loan in default, nor one whose default nobody has booked."""
    if not observed.accepted:
        return True
    loans, today = observed.before.loans, today_of(observed)
    return all_of(
        *(
            all_of(
                negate(is_one_of(loans.field(number, "status"), IN_DEFAULT)),
                implies(
                    is_one_of(loans.field(number, "status"), ACCRUING),
                    today < loans.field(number, "stop_day"),
                ),
            )
            for number in applicant_of(observed).live_loans
        )
    )


@declare("CONCENTRATION", Kind.STEP, ("disbursement", "facility"), (113,), calls=(Disburse,))
def no_identity_owes_too_much(observed: Observed) -> bool:
    """After a disbursement its identity owes the facility at most the concentration limit of net assets."""
    if not observed.accepted:
        return True
    before, after = observed.before, observed.after
    loan, _ = loans_of(observed)
    facility = before.facilities.get(loan.facility)
    limit = multiply_divide_down(net_assets(facility, today_of(observed)), facility.concentration_limit, WAD)
    places = after.identities.get(loan.identity).live_loans
    loans = after.loans
    owed = sum(
        choose(loans.field(number, "facility") == loan.facility, loans.field(number, "principal"), 0)
        for number in places
    )
    return owed <= limit


@declare("HEALTHY-AT-DISBURSEMENT", Kind.STEP, ("disbursement", "oracle"), (63, 64, 79), calls=(Disburse,))
def loan_begins_within_its_limit(observed: Observed) -> bool:
    """A secured loan begins at a usable price, its principal within its origination limit at that price."""
    if not observed.accepted:
        return True
    before, now = observed.before, observed.context.timestamp
    loan, after = loans_of(observed)
    terms, asset = loan.terms, before.facilities.get(loan.facility).asset
    price = usable_price(before, terms.collateral_asset, asset, now)
    worth = wide_product(collateral_value(price, after.collateral), terms.origination_limit)
    return any_of(terms.collateral_amount == 0, all_of(price > 0, after.principal * WAD <= worth))


@declare("DRAWN-LOAN-IS-PLACED", Kind.STEP, ("credit", "disbursement"), (107,), calls=(Disburse,))
def drawn_loan_takes_a_free_place(observed: Observed) -> bool:
    """A disbursement puts the loan in a place of its identity that was free, and keeps all else of it."""
    if not observed.accepted:
        return True
    loan, after = loans_of(observed)
    old = observed.before.identities.get(loan.identity)
    new = observed.after.identities.get(loan.identity)
    places = list(zip(old.live_loans, new.live_loans, strict=True))
    number = observed.call.loan
    others = (item for item in fields(Identity) if item.name != "live_loans")
    return all_of(
        is_one_of(after.status, LIVE),
        any_of(*(all_of(was == 0, now == number) for was, now in places)),
        *(any_of(now == was, all_of(was == 0, now == number)) for was, now in places),
        *(getattr(new, item.name) == getattr(old, item.name) for item in others),
    )
