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
- LIQUIDATION-6: a margin call needs a usable price, at which the debt of a loan that accrues is above the
  margin call limit; only one is open at a time, and none is made while liquidation is closed.
- LIQUIDATION-7: paying what a margin call names, or adding the collateral that it names, brings the debt
  within the limit at its price, on its day; both are the least that does. Where no amount of collateral would
  do, only paying cures.
- LIQUIDATION-8: a margin call leaves a number of whole days; it brings no default before its deadline.
- LIQUIDATION-9: only a debt in default, or above the liquidation limit, is liquidated, at a usable price;
  never by the borrower, not in an auction, and not while liquidation is closed.
- LIQUIDATION-10: one liquidation repays at most the close factor of the debt, rounded up, or all where less
  principal than the minimum could remain; it is taken in the order of every payment, and bears no prepayment
  fee.
- LIQUIDATION-11: the collateral seized is worth at most what was repaid with the bonus, and is at most the
  share of what was repaid in the debt: the ratio of debt to collateral never worsens.
- LIQUIDATION-12: a liquidation that covers everything settles the loan, and the collateral that is left goes
  to the borrower.

In an auction the collateral of a loan in default is sold for its debt. What is offered and what is asked for
it follow from the time. With a usable price all collateral is offered, and the ask falls from above that
price to half of where it began. Without a price, after a longer wait, a growing share is offered for the
whole debt; the ask falls below the debt only when the share is the whole. What is not sold may be started
again: each round begins where the one before ended, and the last falls to one unit, at which it stays.

- LIQUIDATION-13: an auction is of a loan in default with collateral, starts while liquidation is open, and
  needs a usable price or, without one, a longer wait since the default.
- LIQUIDATION-14: within a round the ask falls and the share grows with time alone, never while liquidation is
  closed; a next round begins no higher, at the same price or debt, than the one before ended.
- LIQUIDATION-15: a sale takes what covers the debt and gives collateral for it at the ask, rounded down; the
  rest is the borrower's. Only where the ask is below the debt is the whole lot sold, for the ask.
- LIQUIDATION-16: a part may be bought while the ask covers the debt; it never worsens the ratio of debt to
  collateral, and leaves at least the minimum principal.
- LIQUIDATION-17: proceeds pay principal first, all but one unit, then interest and late fees.
- LIQUIDATION-18: a payoff is accepted until the debt is covered, and ends the auction.
- LIQUIDATION-19: an auction always can end: in its last round one unit buys everything at last.

A loan that has been in default for long enough, and has no collateral left, is written off. What is lost is
the principal outstanding, since the facility counted no interest from default on. First-loss cover bears it
first, the lenders bear the rest, each by their shares. What is paid on the loan later is a recovery: it makes
good what the lenders lost, then what the cover lost.

- LIQUIDATION-20: a loan is written off by its servicer alone, without collateral, a number of days after its
  default at the earliest.
- LIQUIDATION-21: a loss is borne by the cover as far as it goes, then by the lenders; no money leaves.
- LIQUIDATION-22: a write-off lifts the impairment; the loan owes nothing any more, and no call but a recovery
  changes it.
- LIQUIDATION-23: a recovery takes at most what was lost and has not come back; the lenders' loss is made good
  first, then the cover's; what lenders would get goes to the treasury where nobody holds a share.
- LIQUIDATION-24: a recovery for lenders enters net assets over a number of days; on its own day it changes
  nothing.

Trust: anyone may book a default, make a margin call or liquidate; what is booked, asked for or seized follows
from dates, terms and the price alone. A liquidator names the least collateral that they accept, so that no
price that moves meanwhile costs them more than they foresaw. What a liquidation repays counts as paid for an
open margin call. Anyone may start an auction, and anyone but the borrower may take from it, and says what
they want at least for what they pay. The price feeders are trusted for where an auction begins; that it
falls, and ends, does not depend on them. A servicer who never writes a loan off keeps its cover locked, and
gains nothing: lenders leave at a price after impairment all the same. Anyone may pay a recovery, of one unit
too, and what has not vested then vests over the whole number of days again.
"""

from dataclasses import dataclass

from lien.spec.assets import ClaimRecorded
from lien.spec.call import Call, Event
from lien.spec.reasons import Reason
from lien.spec.settlement import LoanSettled
from lien.spec.types import (
    Account,
    Amount,
    Count,
    Day,
    Flag,
    IdentityId,
    LoanId,
    LoanStatus,
    Numerator,
    Price,
    Total,
)


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


@dataclass(frozen=True, slots=True)
class MarginCalled(Event):
    """Tell at which price a margin call was made, what cures it, and by when."""

    loan: LoanId
    price: Price
    payment: Total
    collateral: Total  # to top up; the greatest total, where no amount would do
    day: Day  # the first that is too late


class MarginCall(Call):
    """Ask for a payment or more collateral, since the debt is above the margin call limit."""

    chapter = "liquidation"
    sender = "anyone"
    reasons = (
        Reason.UNKNOWN_LOAN,
        Reason.NOT_LIVE,
        Reason.UNSECURED,
        Reason.PAUSED,
        Reason.LOAN_IN_DEFAULT,
        Reason.MARGIN_CALL_OPEN,
        Reason.PRICE_UNUSABLE,
        Reason.WITHIN_MARGIN_CALL_LIMIT,
    )
    events = (MarginCalled,)
    loan_statuses = True

    loan: LoanId


@dataclass(frozen=True, slots=True)
class Liquidated(Event):
    """Tell what a liquidator repaid, and what collateral they received for it."""

    loan: LoanId
    liquidator: Account
    price: Price
    overdue_interest: Total
    overdue_principal: Amount
    accrued_interest: Total
    instalment: Amount
    coming_interest: Numerator  # from now to the due date; negative: a credit
    default_interest: Total
    late_fees: Total
    principal_ahead: Amount
    collateral: Amount  # seized
    treasury_share: Total
    status: LoanStatus  # afterwards


class Liquidate(Call):
    """Repay up to an amount of a debt in danger for collateral, of which the least is named."""

    chapter = "liquidation"
    sender = "anyone but the borrower"
    reasons = (
        Reason.UNKNOWN_LOAN,
        Reason.ZERO_AMOUNT,
        Reason.NOT_LIVE,
        Reason.IN_AUCTION,
        Reason.UNSECURED,
        Reason.OWN_LOAN,
        Reason.PAUSED,
        Reason.PRICE_UNUSABLE,
        Reason.NOT_LIQUIDATABLE,
        Reason.SEIZURE_TOO_SMALL,
        Reason.INSUFFICIENT_BALANCE,
    )
    events = (ClaimRecorded, DefaultBooked, Liquidated, LoanSettled)
    loan_statuses = True

    loan: LoanId
    amount: Amount
    minimum_collateral: Amount


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


# --- auctions ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class AuctionStarted(Event):
    """Tell that a round has begun; it is counted from zero, and its price is zero where there is none."""

    loan: LoanId
    round: Count
    price: Price  # of which the fall is a part: the usable price with the premium
    collateral: Amount


class StartAuction(Call):
    """Offer the collateral of a loan in default, or offer again what was not sold."""

    chapter = "liquidation"
    sender = "anyone"
    reasons = (
        Reason.UNKNOWN_LOAN,
        Reason.NOT_LIVE,
        Reason.PAUSED,
        Reason.NOT_IN_DEFAULT,
        Reason.NO_COLLATERAL,
        Reason.AUCTION_RUNNING,
        Reason.PRICE_UNUSABLE,
    )
    events = (DefaultBooked, AuctionStarted)
    loan_statuses = True

    loan: LoanId


@dataclass(frozen=True, slots=True)
class CollateralTaken(Event):
    """Tell what was sold, and what the proceeds were taken for."""

    loan: LoanId
    taker: Account
    collateral: Amount
    overdue_interest: Total
    overdue_principal: Amount
    accrued_interest: Total
    coming_interest: Numerator  # negative: a credit
    default_interest: Total
    late_fees: Total
    treasury_share: Total
    status: LoanStatus  # afterwards


class Take(Call):
    """Buy collateral in auction for at most an amount; take no less than a minimum for what is paid."""

    chapter = "liquidation"
    sender = "anyone but the borrower"
    reasons = (
        Reason.UNKNOWN_LOAN,
        Reason.ZERO_AMOUNT,
        Reason.NOT_IN_AUCTION,
        Reason.OWN_LOAN,
        Reason.PAUSED,
        Reason.AUCTION_OVER,
        Reason.AMOUNT_BELOW_ASK,
        Reason.REMAINDER_BELOW_MINIMUM,
        Reason.COLLATERAL_BELOW_MINIMUM,
        Reason.INSUFFICIENT_BALANCE,
    )
    events = (ClaimRecorded, CollateralTaken, LoanSettled)
    loan_statuses = True

    loan: LoanId
    amount: Amount
    minimum_collateral: Amount
