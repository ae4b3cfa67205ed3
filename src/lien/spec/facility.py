"""Chapter 4: facilities, the lenders' side.

A facility pools one asset. Lenders hold shares of its net assets: cash, principal outstanding, and the
contract interest that lenders will get, net of the treasury's share. A loan between two parties is a
facility with one lender, who is named when it is opened, so that there is one code path.

Contract interest accrues for the facility exactly: at every time it is the sum over its accruing loans, to
the numerator. Default interest and fees count when they are paid. What is recovered from a loss enters net
assets evenly over a number of days, so that nobody can deposit for it and leave at once.

A deposit is priced at tomorrow's accrual and rounded down, a redemption at today's and rounded down, so that
neither gains from the other lenders. Virtual shares make inflating the first deposit unprofitable.

Where cash is short, lenders queue for it: a request moves shares into the queue, and anyone may have its
first place paid from idle cash, at the price of that day, in part if need be. A place whose shares are worth
less than one unit is given back to its lender, so that dust never holds up the others.

First-loss cover is the servicer's own money. It is no part of net assets; losses are taken from it first.

Requirements:

- FACILITY-1: shares are worth what net assets say; a deposit never lowers the share price, nor does a
  redemption.
- FACILITY-2: depositing and redeeming never returns more than was deposited.
- FACILITY-3: a redemption is paid from idle cash and burns nothing when it pays nothing.
- FACILITY-4: the facility's principal, slopes, offsets and carry are the sums over its loans.
- FACILITY-5: the treasury takes at most its share of the contract interest that was paid.
- FACILITY-6: a facility whose shares exceed a multiple of its net assets takes no deposit.
- FACILITY-7: a deposit stays for a number of days.
- FACILITY-8: a donation changes no share price.
- FACILITY-9: what is fixed when a facility is opened never changes: asset, servicer, interest fee, lender.
- FACILITY-10: a facility of one lender takes deposits from that lender only.
- FACILITY-11: a deposit keeps cash and principal within the deposit cap.
- FACILITY-12: a facility that winds down takes no deposit and lends no more, for good.
- FACILITY-13: redemptions are paid first in, first out; while anyone waits, nobody redeems past the queue.
- FACILITY-14: a request is cancelled by its lender alone, who then has its shares back.
- FACILITY-15: a place that its token refuses to pay becomes a claim and holds up nobody.
- FACILITY-16: cover is no part of net assets; it leaves only to the servicer, only after its notice, only
  while no loan is in default or impaired, and never below the required share of the principal outstanding.
- FACILITY-17: a loan is disbursed only where the cover suffices with that loan in it.
- FACILITY-18: a recovery enters net assets evenly over a number of days; time alone never lowers them.
- FACILITY-19: a deposit or redemption needs a current book: every default up to that day is booked. Whoever
  likes moves the book on, over days on which no accruing loan is left to stop.
- FACILITY-20: while deposits are paused a facility takes none; redemptions go on.

Trust: the servicer chooses among approved applications, and their dates and charges, and can lose all that
lenders put in by lending it badly; the servicer can take nothing out but by a loan, and its cover after a
notice. Lenders need not trust each other: all that a stranger can do is to make others queue, by requests
that anyone may have paid.
"""

from dataclasses import dataclass

from lien.spec.assets import ClaimRecorded
from lien.spec.call import Call, Event
from lien.spec.reasons import Reason
from lien.spec.types import (
    Account,
    Amount,
    Asset,
    Day,
    FacilityId,
    OptionalAccount,
    QueuePlace,
    Ratio,
    Shares,
)


@dataclass(frozen=True, slots=True)
class FacilityOpened(Event):
    """Tell that a facility exists."""

    facility: FacilityId
    asset: Asset
    servicer: Account
    interest_fee: Ratio
    lender: OptionalAccount


@dataclass(frozen=True, slots=True)
class Deposited(Event):
    """Tell that a lender put in an amount for shares."""

    facility: FacilityId
    lender: Account
    amount: Amount
    shares: Shares


@dataclass(frozen=True, slots=True)
class Redeemed(Event):
    """Tell that a lender gave shares back for an amount."""

    facility: FacilityId
    lender: Account
    shares: Shares
    amount: Amount


@dataclass(frozen=True, slots=True)
class BookAdvanced(Event):
    """Tell before which day every default is booked."""

    facility: FacilityId
    current_day: Day


@dataclass(frozen=True, slots=True)
class WindDownBegun(Event):
    """Tell that a facility takes no deposit and lends no more."""

    facility: FacilityId


@dataclass(frozen=True, slots=True)
class RedemptionRequested(Event):
    """Tell that a lender's shares wait in the queue."""

    facility: FacilityId
    position: QueuePlace
    lender: Account
    shares: Shares


@dataclass(frozen=True, slots=True)
class RedemptionCancelled(Event):
    """Tell that a lender took the shares of a place back."""

    facility: FacilityId
    position: QueuePlace
    lender: Account
    shares: Shares


@dataclass(frozen=True, slots=True)
class RedemptionProcessed(Event):
    """Tell what became of the first place: shares that were burned, their amount, and shares given back.

    A cancelled place is passed with nothing of either. The place stays the first while shares are left in it.
    """

    facility: FacilityId
    position: QueuePlace
    lender: OptionalAccount
    shares: Shares
    amount: Amount
    returned: Shares


@dataclass(frozen=True, slots=True)
class CoverDeposited(Event):
    """Tell that the servicer put in first-loss cover."""

    facility: FacilityId
    amount: Amount


@dataclass(frozen=True, slots=True)
class CoverWithdrawalAnnounced(Event):
    """Tell that the servicer gave notice of a withdrawal, in place of any notice before."""

    facility: FacilityId
    amount: Amount


@dataclass(frozen=True, slots=True)
class CoverWithdrawn(Event):
    """Tell that the servicer took cover out."""

    facility: FacilityId
    amount: Amount


class OpenFacility(Call):
    """Open a facility in an asset, for one lender or for all; the sender becomes its servicer."""

    chapter = "facility"
    sender = "anyone"
    reasons = (
        Reason.UNKNOWN_ASSET,
        Reason.INTEREST_FEE_ABOVE_CAP,
        Reason.INTEREST_FEE_BELOW_FLOOR,
        Reason.TOO_MANY_FACILITIES,
    )
    events = (FacilityOpened,)

    asset: Asset
    interest_fee: Ratio
    lender: OptionalAccount  # who alone may deposit; zero: everyone


class Deposit(Call):
    """Put an amount into a facility for at least a number of shares."""

    chapter = "facility"
    sender = "anyone; in a facility of one lender, that lender"
    reasons = (
        Reason.UNKNOWN_FACILITY,
        Reason.PAUSED,
        Reason.NOT_THE_LENDER,
        Reason.ZERO_AMOUNT,
        Reason.FACILITY_WINDS_DOWN,
        Reason.DEPOSIT_CAP_EXCEEDED,
        Reason.BOOK_NOT_CURRENT,
        Reason.FACILITY_DILUTED,
        Reason.ZERO_SHARES,
        Reason.SHARES_BELOW_MINIMUM,
        Reason.INSUFFICIENT_BALANCE,
    )
    events = (Deposited,)

    facility: FacilityId
    amount: Amount
    minimum_shares: Shares


class Redeem(Call):
    """Give shares back for at least an amount, paid from idle cash, while nobody queues."""

    chapter = "facility"
    sender = "a lender of the facility"
    reasons = (
        Reason.UNKNOWN_FACILITY,
        Reason.ZERO_SHARES,
        Reason.INSUFFICIENT_SHARES,
        Reason.DEPOSIT_TOO_RECENT,
        Reason.QUEUE_NOT_EMPTY,
        Reason.BOOK_NOT_CURRENT,
        Reason.ZERO_AMOUNT,
        Reason.AMOUNT_BELOW_MINIMUM,
        Reason.INSUFFICIENT_CASH,
    )
    events = (ClaimRecorded, Redeemed)

    facility: FacilityId
    shares: Shares
    minimum_amount: Amount


class AdvanceBook(Call):
    """Move a facility's book on over days that no loan keeps it from passing."""

    chapter = "facility"
    sender = "anyone"
    reasons = (Reason.UNKNOWN_FACILITY, Reason.BOOK_IS_CURRENT, Reason.DAY_NOT_CLEAR)
    events = (BookAdvanced,)

    facility: FacilityId


class WindDown(Call):
    """End the facility's deposits and its lending, for good; repayments and redemptions go on."""

    chapter = "facility"
    sender = "the facility's servicer"
    reasons = (Reason.UNKNOWN_FACILITY, Reason.NOT_SERVICER, Reason.FACILITY_WINDS_DOWN)
    events = (WindDownBegun,)

    facility: FacilityId


class RequestRedemption(Call):
    """Move shares to the end of the queue."""

    chapter = "facility"
    sender = "a lender of the facility"
    reasons = (
        Reason.UNKNOWN_FACILITY,
        Reason.ZERO_SHARES,
        Reason.INSUFFICIENT_SHARES,
        Reason.DEPOSIT_TOO_RECENT,
        Reason.QUEUE_FULL,
    )
    events = (RedemptionRequested,)

    facility: FacilityId
    shares: Shares


class CancelRedemption(Call):
    """Take the shares of a place of the queue back."""

    chapter = "facility"
    sender = "the lender who asked for it"
    reasons = (Reason.UNKNOWN_FACILITY, Reason.NOT_QUEUED, Reason.NOT_REQUESTER)
    events = (RedemptionCancelled,)

    facility: FacilityId
    position: QueuePlace


class ProcessRedemption(Call):
    """Pay the first place of the queue as far as idle cash goes, or pass it where it is cancelled or dust."""

    chapter = "facility"
    sender = "anyone"
    reasons = (
        Reason.UNKNOWN_FACILITY,
        Reason.QUEUE_EMPTY,
        Reason.BOOK_NOT_CURRENT,
        Reason.FACILITY_WORTHLESS,
        Reason.INSUFFICIENT_CASH,
    )
    events = (ClaimRecorded, RedemptionProcessed)

    facility: FacilityId


class DepositCover(Call):
    """Put first-loss cover into a facility."""

    chapter = "facility"
    sender = "the facility's servicer"
    reasons = (
        Reason.UNKNOWN_FACILITY,
        Reason.NOT_SERVICER,
        Reason.ZERO_AMOUNT,
        Reason.INSUFFICIENT_BALANCE,
    )
    events = (CoverDeposited,)

    facility: FacilityId
    amount: Amount


class AnnounceCoverWithdrawal(Call):
    """Give notice of a withdrawal of cover, in place of any notice before."""

    chapter = "facility"
    sender = "the facility's servicer"
    reasons = (Reason.UNKNOWN_FACILITY, Reason.NOT_SERVICER)
    events = (CoverWithdrawalAnnounced,)

    facility: FacilityId
    amount: Amount  # zero takes a notice back


class WithdrawCover(Call):
    """Take out cover of which notice was given."""

    chapter = "facility"
    sender = "the facility's servicer"
    reasons = (
        Reason.UNKNOWN_FACILITY,
        Reason.NOT_SERVICER,
        Reason.ZERO_AMOUNT,
        Reason.COVER_NOT_ANNOUNCED,
        Reason.COVER_NOTICE_RUNNING,
        Reason.COVER_WINDOW_CLOSED,
        Reason.BOOK_NOT_CURRENT,
        Reason.BOOK_NOT_CLEAN,
        Reason.COVER_INSUFFICIENT,
    )
    events = (ClaimRecorded, CoverWithdrawn)

    facility: FacilityId
    amount: Amount
