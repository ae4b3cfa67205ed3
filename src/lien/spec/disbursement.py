"""Chapter 7: disbursement.

An agreed loan is disbursed exactly once, on a day of its window, from idle cash: the principal less the
origination fee to the borrower, the fee to the treasury. Interest runs from that day.

Requirements:

- DISBURSEMENT-1: a loan is disbursed at most once, and only when it is agreed and within its window.
- DISBURSEMENT-2: borrower and treasury together receive exactly the principal.
- DISBURSEMENT-3: the facility pays from idle cash, and counts the whole principal as outstanding.
- DISBURSEMENT-4: a facility that winds down disburses nothing, nor does one whose first-loss cover would be
  below what the principal requires with this loan in it.

Trust: either party may disburse; what reaches whom is fixed by the terms.
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
        Reason.NOT_AGREED,
        Reason.WINDOW_NOT_OPEN,
        Reason.WINDOW_CLOSED,
        Reason.FACILITY_WINDS_DOWN,
        Reason.FACILITY_FULL,
        Reason.TOO_MANY_LOANS,
        Reason.INSUFFICIENT_CASH,
        Reason.COVER_INSUFFICIENT,
    )
    events = (ClaimRecorded, LoanDisbursed)
    loan_statuses = True

    loan: LoanId
