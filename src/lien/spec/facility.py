"""Chapter 4: facilities, the lenders' side.

A facility pools one asset. Lenders hold shares of its net assets: cash, principal outstanding, and the
contract interest that lenders will get, net of the treasury's share. A loan between two parties is a
facility with one lender, so that there is one code path.

Contract interest accrues for the facility exactly: at every time it is the sum over its accruing loans, to
the numerator. Default interest and fees count when they are paid.

A deposit is priced at tomorrow's accrual and rounded down, a redemption at today's and rounded down, so that
neither gains from the other lenders. Virtual shares make inflating the first deposit unprofitable.

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
- FACILITY-10: a deposit or redemption needs a current book: every default up to that day is booked. Whoever
  likes moves the book on, over days on which no accruing loan is left to stop.
- FACILITY-9: what is fixed when a facility is opened never changes: asset, servicer, interest fee.

Trust: the servicer chooses the borrowers and their terms and can lose all that lenders put in by lending it
badly; the servicer can take nothing out but by a loan. Lenders need not trust each other.
"""

from dataclasses import dataclass

from lien.spec.assets import ClaimRecorded
from lien.spec.call import Call, Event
from lien.spec.reasons import Reason
from lien.spec.types import Account, Amount, Asset, Day, FacilityId, Ratio, Shares


@dataclass(frozen=True, slots=True)
class FacilityOpened(Event):
    """Tell that a facility exists."""

    facility: FacilityId
    asset: Asset
    servicer: Account
    interest_fee: Ratio


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


class OpenFacility(Call):
    """Open a facility in an asset; the sender becomes its servicer."""

    chapter = "facility"
    sender = "anyone"
    reasons = (Reason.UNKNOWN_ASSET, Reason.INTEREST_FEE_ABOVE_CAP, Reason.TOO_MANY_FACILITIES)
    events = (FacilityOpened,)

    asset: Asset
    interest_fee: Ratio


class Deposit(Call):
    """Put an amount into a facility for at least a number of shares."""

    chapter = "facility"
    sender = "anyone"
    reasons = (
        Reason.UNKNOWN_FACILITY,
        Reason.ZERO_AMOUNT,
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
    """Give shares back for at least an amount, paid from idle cash."""

    chapter = "facility"
    sender = "a lender of the facility"
    reasons = (
        Reason.UNKNOWN_FACILITY,
        Reason.ZERO_SHARES,
        Reason.INSUFFICIENT_SHARES,
        Reason.DEPOSIT_TOO_RECENT,
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
