"""Chapter 7: disbursement.

An agreed loan is disbursed exactly once, on a day of its window, from idle cash: the principal less the
origination fee to the borrower, the fee to the treasury. Interest runs from that day.

What was true when the loan was applied for may no longer be, so that it is asked again: whether the borrower
is eligible, with the identity that applied, no loan in default and a free place for one more; whether they
would owe too much of the facility; and whether the collateral, at the price of now, is worth enough.

Requirements:

- DISBURSEMENT-1: a loan is disbursed at most once, and only when it is agreed and within its window.
- DISBURSEMENT-2: borrower and treasury together receive exactly the principal.
- DISBURSEMENT-3: the facility pays from idle cash, and counts the whole principal as outstanding.
- DISBURSEMENT-4: a facility that winds down disburses nothing, nor does one whose first-loss cover would be
  below what the principal requires with this loan in it.
- DISBURSEMENT-5: a loan is disbursed only to a borrower who is eligible, has the identity that applied, no
  open default and a free place, and who owes no more of the facility than its concentration limit with it.
- DISBURSEMENT-6: a secured loan is disbursed only at a usable price, and within its origination limit at that
  price; an unsecured one needs no price.
- DISBURSEMENT-7: while origination is paused nothing is disbursed.
- DISBURSEMENT-8: a disbursed loan stands in one of its identity's places for live loans.

Trust: either party may disburse; what reaches whom is fixed by the terms. A servicer cannot lend past a
frozen account, a revoked identity or a fallen price, whatever was signed before.
"""

from dataclasses import dataclass

from lien.spec.assets import ClaimRecorded
from lien.spec.call import Call, Event
from lien.spec.reasons import Reason
from lien.spec.types import Amount, Day, LoanId


@dataclass(frozen=True, slots=True)
class LoanDisbursed(Event):
    """Tell that a loan was paid out."""

    loan: LoanId
    day: Day
    principal: Amount
    origination_fee: Amount
    instalment: Amount  # the principal of the first period


class Disburse(Call):
    """Pay an agreed loan out."""

    chapter = "disbursement"
    sender = "borrower or servicer"
    reasons = (
        Reason.UNKNOWN_LOAN,
        Reason.NOT_PARTY,
        Reason.PAUSED,
        Reason.NOT_AGREED,
        Reason.WINDOW_NOT_OPEN,
        Reason.WINDOW_CLOSED,
        Reason.FACILITY_WINDS_DOWN,
        Reason.FACILITY_FULL,
        Reason.TOO_MANY_LOANS,
        Reason.INSUFFICIENT_CASH,
        Reason.COVER_INSUFFICIENT,
        Reason.IDENTITY_MISSING,
        Reason.IDENTITY_EXPIRED,
        Reason.JURISDICTION_NOT_ALLOWED,
        Reason.ACCOUNT_FROZEN,
        Reason.IDENTITY_DIFFERS,
        Reason.OPEN_DEFAULT,
        Reason.TOO_MANY_LIVE_LOANS,
        Reason.CONCENTRATION_EXCEEDED,
        Reason.PRICE_UNUSABLE,
        Reason.LOAN_TO_VALUE_EXCEEDED,
    )
    events = (ClaimRecorded, LoanDisbursed)
    loan_statuses = True

    loan: LoanId
