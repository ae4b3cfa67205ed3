"""Chapter 9: default and liquidation.

Whether a disbursed loan is active, overdue or in default is derived from the terms and the day,
identically in every call and view; it never depends on who called last. An instalment with interest or
principal not paid by the end of its due day makes the loan overdue; when the grace has passed, all
principal falls due.

Requirements:

- LIQUIDATION-1: a loan is overdue from the day after a due date that was not met, and never for fees alone.
- LIQUIDATION-2: a loan is in default from the day after its grace; paying in part never brings that forward.
- LIQUIDATION-3: deriving the status twice changes nothing.
- LIQUIDATION-4: from default on a loan accrues nothing for its facility.
- LIQUIDATION-5: every call that finds a loan in default for the first time says so, and with it the credit
  record of the identity that applied for it has one default more, if it counts; a loan counts one at most.

Trust: anyone may book a default; booking says only what the dates say.
"""

from dataclasses import dataclass

from lien.spec.call import Call, Event
from lien.spec.reasons import Reason
from lien.spec.types import Amount, Day, Flag, IdentityId, LoanId, Numerator


@dataclass(frozen=True, slots=True)
class DefaultBooked(Event):
    """Tell that a loan is in default, as it stands on the day of the call before what else the call does.

    Its facility no longer counts the interest, and does not expect to get the impairment.
    """

    loan: LoanId
    principal: Amount
    interest: Numerator
    impairment: Amount
    default_day: Day
    identity: IdentityId
    is_counted: Flag  # in the credit record


class DeclareDefault(Call):
    """Book the default that the dates say."""

    chapter = "liquidation"
    sender = "anyone"
    reasons = (
        Reason.UNKNOWN_LOAN,
        Reason.NOT_LIVE,
        Reason.DEFAULT_ALREADY_BOOKED,
        Reason.NOT_IN_DEFAULT,
    )
    events = (DefaultBooked,)
    loan_statuses = True

    loan: LoanId
