"""Chapter 9: default and liquidation.

Whether a disbursed loan is active, overdue or in default is derived from the terms and the day,
identically in every call and view; it never depends on who called last. An instalment with interest or
principal not paid by the end of its due day makes the loan overdue; when the grace has passed, all
principal falls due.

A loan that has been in default for long enough, and has no collateral left, is written off. What is lost is
the principal outstanding, since the facility counted no interest from default on. First-loss cover bears it
first, the lenders bear the rest, each by their shares. What is paid on the loan later is a recovery: it makes
good what the lenders lost, then what the cover lost.

Requirements:

- LIQUIDATION-1: a loan is overdue from the day after a due date that was not met, and never for fees alone.
- LIQUIDATION-2: a loan is in default from the day after its grace; paying in part never brings that forward.
- LIQUIDATION-3: deriving the status twice changes nothing.
- LIQUIDATION-4: from default on a loan accrues nothing for its facility.
- LIQUIDATION-5: a loan is written off by its servicer alone, without collateral, a number of days after its
  default at the earliest.
- LIQUIDATION-6: a loss is borne by the cover as far as it goes, then by the lenders; no money leaves.
- LIQUIDATION-7: a write-off lifts the impairment; the loan owes nothing any more, and no call but a recovery
  changes it.
- LIQUIDATION-8: a recovery takes at most what was lost and has not come back; the lenders' loss is made good
  first, then the cover's; what lenders would get goes to the treasury where nobody holds a share.
- LIQUIDATION-9: a recovery for lenders enters net assets over a number of days; on its own day it changes
  nothing.

Trust: anyone may book a default; booking says only what the dates say. A servicer who never writes a loan off
keeps its cover locked, and gains nothing: lenders leave at a price after impairment all the same. Anyone may
pay a recovery, of one unit too, and what has not vested then vests over the whole number of days again.
"""

from dataclasses import dataclass

from lien.spec.assets import ClaimRecorded
from lien.spec.call import Call, Event
from lien.spec.reasons import Reason
from lien.spec.types import Account, Amount, LoanId, Numerator


@dataclass(frozen=True, slots=True)
class DefaultBooked(Event):
    """Tell that a loan is in default and what interest its facility no longer counts."""

    loan: LoanId
    principal: Amount
    interest: Numerator


@dataclass(frozen=True, slots=True)
class WrittenOff(Event):
    """Tell what was lost on a loan, and who bears it."""

    loan: LoanId
    principal: Amount  # that was outstanding
    cover_loss: Amount
    lender_loss: Amount


@dataclass(frozen=True, slots=True)
class Recovered(Event):
    """Tell what was paid on a loan that is written off, and for whom."""

    loan: LoanId
    payer: Account
    to_lenders: Amount
    to_cover: Amount
    to_treasury: Amount  # in place of the lenders, where nobody holds a share


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


class WriteOff(Call):
    """Write off a loan that has been in default for long, and has no collateral left."""

    chapter = "liquidation"
    sender = "the facility's servicer"
    reasons = (
        Reason.UNKNOWN_LOAN,
        Reason.NOT_SERVICER,
        Reason.NOT_LIVE,
        Reason.IN_AUCTION,
        Reason.NOT_IN_DEFAULT,
        Reason.WRITE_OFF_TOO_EARLY,
        Reason.COLLATERAL_LEFT,
    )
    events = (DefaultBooked, WrittenOff)
    loan_statuses = True

    loan: LoanId


class Recover(Call):
    """Pay up to an amount of what was lost on a loan."""

    chapter = "liquidation"
    sender = "anyone"
    reasons = (
        Reason.UNKNOWN_LOAN,
        Reason.ZERO_AMOUNT,
        Reason.NOT_WRITTEN_OFF,
        Reason.NOTHING_TO_RECOVER,
        Reason.INSUFFICIENT_BALANCE,
    )
    events = (ClaimRecorded, Recovered)
    loan_statuses = True

    loan: LoanId
    amount: Amount
