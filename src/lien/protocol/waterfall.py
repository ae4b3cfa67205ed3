"""Split a payment on a loan that is caught up, in the order of the agreement."""

from dataclasses import dataclass, replace
from typing import cast

from lien.protocol.accrual import compute_interest_to_due_date, with_stop_day
from lien.protocol.algebra import all_of, any_of, choose, maximum, minimum, negate, opaque
from lien.protocol.arithmetic import multiply_divide_up, quotient_up
from lien.protocol.calendar import due_day
from lien.protocol.state import Loan
from lien.spec.types import IN_DEFAULT, Amount, LoanStatus, Numerator, RepaymentKind, Total
from lien.spec.units import UNIT, WAD


@dataclass(frozen=True, slots=True, kw_only=True)
class Payment:
    """Say what a payment is taken for, in base units and in the order in which it is taken."""

    overdue_interest: Total
    overdue_principal: Amount
    accrued_interest: Total
    instalment: Amount
    # From now to the due date; negative: a credit for interest that was paid ahead.
    coming_interest: Numerator
    default_interest: Total
    late_fees: Total
    principal_ahead: Amount
    fee_base: Amount  # the part of it that bears the prepayment fee
    prepayment_fee: Amount

    @property
    def interest(self) -> int:
        """Return the contract interest, net of a credit."""
        return self.overdue_interest + self.accrued_interest + self.coming_interest

    @property
    def principal(self) -> int:
        """Return the principal."""
        return self.overdue_principal + self.instalment + self.principal_ahead

    @property
    def taken(self) -> int:
        """Return all that is taken."""
        fees = self.default_interest + self.late_fees + self.prepayment_fee
        return self.interest + self.principal + fees


def compute_fee_base(loan: Loan, principal_ahead: int, bears_fee: int) -> int:
    """Return what bears the prepayment fee: nothing that cures a margin call, nothing after default."""
    if loan.status in IN_DEFAULT:
        return 0
    return choose(bears_fee == 1, maximum(principal_ahead - loan.margin_payment, 0), 0)


def compute_prepayment_fee(loan: Loan, fee_base: int) -> int:
    """Return the fee: the ceiling of the rate of all that bore it so far, less what was taken for it."""
    base = loan.prepaid + fee_base
    return multiply_divide_up(base, loan.terms.prepayment_fee_rate, WAD) - loan.prepayment_fees


def compute_open_instalment(loan: Loan) -> int:
    """Return the principal that may be paid now without being ahead of time; a last rest opens late."""
    terms = loan.terms
    opens = due_day(terms, loan.period) - terms.open_days
    is_rest = any_of(
        terms.kind == RepaymentKind.BULLET,
        all_of(terms.kind == RepaymentKind.BALLOON, loan.period >= terms.periods - 1),
    )
    return choose(any_of(negate(is_rest), loan.since >= opens), loan.instalment, 0)


def compute_coming_interest(loan: Loan, remainder: int) -> int:
    """Return the interest numerator to the due date on a remaining principal, at most that principal."""
    if loan.status in IN_DEFAULT:
        return 0
    return choose(loan.period < loan.terms.periods, compute_interest_to_due_date(loan, remainder), 0)


def compute_payoff(loan: Loan, bears_fee: int = 1) -> Payment:
    """Return the payment that settles the loan, with the prepayment fee or without."""
    overdue_interest = quotient_up(loan.overdue_interest, UNIT)
    accrued_interest = quotient_up(maximum(loan.interest, 0), UNIT) - overdue_interest
    instalment = compute_open_instalment(loan)
    ahead = loan.principal - loan.overdue_principal - instalment
    fee_base = compute_fee_base(loan, ahead, bears_fee)
    return Payment(
        overdue_interest=overdue_interest,
        overdue_principal=loan.overdue_principal,
        accrued_interest=accrued_interest,
        instalment=instalment,
        coming_interest=quotient_up(minimum(loan.interest, 0), UNIT),
        default_interest=quotient_up(loan.default_interest, UNIT),
        late_fees=loan.late_fees,
        principal_ahead=ahead,
        fee_base=fee_base,
        prepayment_fee=compute_prepayment_fee(loan, fee_base),
    )


def split_payment(loan: Loan, amount: int, wanted_ahead: int, bears_fee: int = 1) -> Payment:
    """Split an amount that does not cover the payoff.

    The last unit of principal is left for a payoff, so that no loan is left with fees alone.
    """
    due = compute_payoff(loan)
    rest = due.principal_ahead

    def interest_to_due_date(remainder: int) -> int:
        is_met = due.instalment >= loan.instalment
        coming = choose(is_met, compute_coming_interest(loan, remainder), 0)
        return quotient_up(
            loan.interest - (due.overdue_interest + due.accrued_interest) * UNIT + coming, UNIT
        )

    wanted = minimum(wanted_ahead, maximum(rest - loan.terms.minimum_principal, 0))
    wanted_base = compute_fee_base(loan, wanted, bears_fee)
    wanted_fee = compute_prepayment_fee(loan, wanted_base)
    wanted_interest = interest_to_due_date(rest - wanted)
    scheduled = due.overdue_interest + due.overdue_principal + due.accrued_interest + due.instalment
    before_ahead = scheduled + wanted_interest + due.default_interest + due.late_fees
    is_covered = amount >= before_ahead + wanted + wanted_fee
    to_due_date = choose(is_covered, wanted_interest, interest_to_due_date(rest))

    spare, left = loan.principal - 1, amount
    overdue_interest = minimum(left, due.overdue_interest)
    left = left - overdue_interest
    overdue_principal = minimum(minimum(left, due.overdue_principal), spare)
    left = left - overdue_principal
    accrued_interest = minimum(left, due.accrued_interest)
    left = left - accrued_interest
    instalment = minimum(minimum(left, due.instalment), spare - overdue_principal)
    is_met = all_of(overdue_principal >= due.overdue_principal, instalment >= due.instalment)
    left = left - instalment
    coming_interest = choose(is_met, minimum(left, to_due_date), 0)
    left = left - maximum(coming_interest, 0)
    default_interest = minimum(left, due.default_interest)
    left = left - default_interest
    return Payment(
        overdue_interest=overdue_interest,
        overdue_principal=overdue_principal,
        accrued_interest=accrued_interest,
        instalment=instalment,
        coming_interest=coming_interest,
        default_interest=default_interest,
        late_fees=minimum(left, due.late_fees),
        principal_ahead=choose(is_covered, wanted, 0),
        fee_base=choose(is_covered, wanted_base, 0),
        prepayment_fee=choose(is_covered, wanted_fee, 0),
    )


def compute_due(loan: Loan) -> int:
    """Return the least amount that meets all that is due on a loan, and the current instalment.

    That is the overdue principal, the open instalment, and the interest, which is to the due date where the
    instalment is open; where the rest of the principal is due, it is the payoff.
    """
    payoff = compute_payoff(loan)
    rest = payoff.principal_ahead
    coming = choose(payoff.instalment >= loan.instalment, compute_interest_to_due_date(loan, rest), 0)
    interest = quotient_up(maximum(loan.interest + coming, 0), UNIT)
    return choose(rest == 0, payoff.taken, payoff.overdue_principal + payoff.instalment + interest)


def apply_payment(loan: Loan, payment: Payment) -> Loan:
    """Return the loan after a payment that does not settle it; cured, where nothing is overdue any more."""
    principal = loan.principal - payment.principal
    overdue_principal = loan.overdue_principal - payment.overdue_principal
    overdue_interest = maximum(loan.overdue_interest - payment.overdue_interest * UNIT, 0)
    status = loan.status
    if status == LoanStatus.OVERDUE:
        is_cured = all_of(overdue_principal <= 0, overdue_interest <= 0)
        # Either of the two, as the number that it is: on symbols it is a term.
        status = cast("LoanStatus", choose(is_cured, LoanStatus.ACTIVE, LoanStatus.OVERDUE))
    paid = replace(
        loan,
        status=status,
        principal=principal,
        overdue_principal=overdue_principal,
        instalment=minimum(loan.instalment - payment.instalment, principal - overdue_principal),
        interest=loan.interest - payment.interest * UNIT,
        overdue_interest=overdue_interest,
        default_interest=loan.default_interest - payment.default_interest * UNIT,
        late_fees=loan.late_fees - payment.late_fees,
        prepaid=loan.prepaid + payment.fee_base,
        prepayment_fees=loan.prepayment_fees + payment.prepayment_fee,
        interest_paid=loan.interest_paid + payment.interest,
        impairment=minimum(loan.impairment, principal),
    )
    return with_stop_day(cure_margin(paid, payment.taken - payment.prepayment_fee, 0))


def cure_margin(loan: Loan, paid: int, topped_up: int) -> Loan:
    """Count what was paid or added as collateral for an open margin call; enough of either cures it."""
    payment, top_up = loan.margin_payment - paid, loan.margin_top_up - topped_up
    is_open = all_of(payment > 0, top_up > 0)
    return replace(
        loan,
        margin_day=choose(is_open, loan.margin_day, 0),
        margin_payment=choose(is_open, payment, 0),
        margin_top_up=choose(is_open, top_up, 0),
    )


def settle(loan: Loan, payoff: Payment) -> Loan:
    """Return the loan after its payoff: terminal, with nothing owed and nothing held (SETTLEMENT-2)."""
    return replace(
        loan,
        status=LoanStatus.SETTLED,
        collateral=0,
        principal=0,
        overdue_principal=0,
        instalment=0,
        interest=0,
        overdue_interest=0,
        default_interest=0,
        late_fees=0,
        stop_day=0,
        margin_day=0,
        margin_payment=0,
        margin_top_up=0,
        impairment=0,
        auction_round=0,
        auction_started_at=0,
        auction_price=0,
        prepaid=loan.prepaid + payoff.fee_base,
        prepayment_fees=loan.prepayment_fees + payoff.prepayment_fee,
        interest_paid=loan.interest_paid + payoff.interest,
    )


@opaque
def take_payment(loan: Loan, amount: int, wanted_ahead: int, bears_fee: int) -> tuple[Payment, Loan]:
    """Return what a payment is taken for, and the loan after it: settled where the amount covers all."""
    payoff = compute_payoff(loan, bears_fee)
    if amount >= payoff.taken:
        return payoff, settle(loan, payoff)
    payment = split_payment(loan, amount, wanted_ahead, bears_fee)
    return payment, apply_payment(loan, payment)


# --- the proceeds of an auction ---------------------------------------------------------------------


def split_proceeds(loan: Loan, amount: int) -> Payment:
    """Split proceeds that do not cover what is owed in default: principal first, but for its last unit."""
    due = compute_payoff(loan, 0)
    principal = minimum(amount, loan.principal - 1)
    left = amount - principal
    overdue_interest = minimum(left, due.overdue_interest)
    left = left - overdue_interest
    accrued_interest = minimum(left, due.accrued_interest)
    left = left - accrued_interest
    default_interest = minimum(left, due.default_interest)
    left = left - default_interest
    return Payment(
        overdue_interest=overdue_interest,
        overdue_principal=principal,
        accrued_interest=accrued_interest,
        instalment=0,
        coming_interest=0,
        default_interest=default_interest,
        late_fees=minimum(left, due.late_fees),
        principal_ahead=0,
        fee_base=0,
        prepayment_fee=0,
    )


@opaque
def take_proceeds(loan: Loan, amount: int) -> tuple[Payment, Loan]:
    """Return what proceeds are taken for, and the loan in default after them (LIQUIDATION-17)."""
    payoff = compute_payoff(loan, 0)
    if amount >= payoff.taken:
        return payoff, settle(loan, payoff)
    payment = split_proceeds(loan, amount)
    return payment, apply_payment(loan, payment)
