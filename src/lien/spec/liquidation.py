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
- LIQUIDATION-5: a margin call needs a usable price, at which the debt of a loan that accrues is above the
  margin call limit; only one is open at a time, and none is made while liquidation is closed.
- LIQUIDATION-6: paying what a margin call names, or adding the collateral that it names, brings the debt
  within the limit at its price, on its day; both are the least that does. Where no amount of collateral would
  do, only paying cures.
- LIQUIDATION-7: a margin call leaves a number of whole days; it brings no default before its deadline.
- LIQUIDATION-8: only a debt in default, or above the liquidation limit, is liquidated, at a usable price;
  never by the borrower, not in an auction, and not while liquidation is closed.
- LIQUIDATION-9: one liquidation repays at most the close factor of the debt, rounded up, or all where less
  principal than the minimum could remain; it is taken in the order of every payment, and bears no prepayment
  fee.
- LIQUIDATION-10: the collateral seized is worth at most what was repaid with the bonus, and is at most the
  share of what was repaid in the debt: the ratio of debt to collateral never worsens.
- LIQUIDATION-11: a liquidation that covers everything settles the loan, and the collateral that is left goes
  to the borrower.

Trust: anyone may book a default, make a margin call or liquidate; what is booked, asked for or seized follows
from dates, terms and the price alone. A liquidator names the least collateral that they accept, so that no
price that moves meanwhile costs them more than they foresaw. What a liquidation repays counts as paid for an
open margin call. A loan secured by its own asset has no price, and so is neither called nor liquidated.
"""

from dataclasses import dataclass

from lien.spec.assets import ClaimRecorded
from lien.spec.call import Call, Event
from lien.spec.reasons import Reason
from lien.spec.settlement import LoanSettled
from lien.spec.types import Account, Amount, Day, LoanId, LoanStatus, Numerator, Price, Total


@dataclass(frozen=True, slots=True)
class DefaultBooked(Event):
    """Tell that a loan is in default and what interest its facility no longer counts."""

    loan: LoanId
    principal: Amount
    interest: Numerator


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
        Reason.IN_DEFAULT,
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
    events = (ClaimRecorded, Liquidated, LoanSettled)
    loan_statuses = True

    loan: LoanId
    amount: Amount
    minimum_collateral: Amount
