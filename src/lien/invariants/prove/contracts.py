"""Say what some functions of the protocol promise, so that calls need not follow all their paths.

Each is shown as a call of its own in the matrix, on its very body: what it is assumed to keep is what is
proved of it. Beside its promise a contract keeps every property of a loan.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from typing import Any

from lien.invariants.properties.base import Kind, Property, is_one_of, of_kind
from lien.invariants.properties.observing import debt
from lien.protocol.accrual import accrue, catch_up, compute_elapsed, compute_interest_to_due_date
from lien.protocol.algebra import all_of, choose, equivalent, implies, maximum, minimum, negate, scale
from lien.protocol.arithmetic import multiply_divide_up, quotient_up
from lien.protocol.calendar import due_day
from lien.protocol.state import Loan
from lien.protocol.waterfall import Payment, compute_due, compute_payoff, take_payment, take_proceeds
from lien.spec.repayment import Repay
from lien.spec.types import ACCRUING, IN_DEFAULT, LIVE, LoanStatus
from lien.spec.units import UNIT, WAD

MARGIN = ("margin_day", "margin_payment", "margin_top_up")
AUCTION = ("auction_round", "auction_started_at", "auction_price")
Facts = dict[str, bool]  # by what they say


def no_lemmas(*_: Any) -> Facts:
    """Say that nothing has to be shown before the promises."""
    return {}


@dataclass(frozen=True, slots=True)
class Contract:
    """Promise what a function of a loan and further arguments returns: a loan, and perhaps something beside.

    The promises are functions of the loan before, the arguments, what is returned beside and the loan after.
    """

    function: Callable[..., Any]
    arguments: Mapping[str, Any]  # the annotations of the further arguments
    beside: type[Any] | None  # the record that is returned before the loan
    statuses: Mapping[LoanStatus, tuple[LoanStatus, ...]]  # of the loan after, by that before
    changed: tuple[str, ...]  # the fields of the loan that may change
    needs: Callable[..., Facts]  # of the loan before and the arguments
    exact: Callable[..., dict[str, int]]  # fields of the loan after that follow from the rest
    promise: Callable[..., Facts]
    lemmas: Callable[..., Facts] = no_lemmas  # shown last, and with them the promises to which they lead
    keeps: tuple[str, ...] = ()  # properties of a loan that it needs and keeps; none named: all of them

    @property
    def name(self) -> str:
        """Return the function's name."""
        return self.function.__name__

    @property
    def kept(self) -> list[Property]:
        """Return the properties of a loan that the function needs before and keeps."""
        entries = [item for item in of_kind(Kind.ENTRY) if item.over == "loans"]
        return [item for item in entries if not self.keeps or item.identifier in self.keeps]

    def answers(self, *given: Any) -> tuple[Any, Any]:
        """Return what the function itself returns beside the loan, if anything, and the loan."""
        result = self.function(*given)
        return (None, result) if self.beside is None else result


def exact_accrual(before: Loan, day: int, _: None, __: Loan) -> dict[str, int]:
    """Return the interest numerator, which is the whole of what accrual has to give exactly."""
    contract = before.principal * before.terms.rate * compute_elapsed(before, day)
    return {"since": day, "interest": before.interest + contract}


def promise_accrual(before: Loan, day: int, __: None, after: Loan) -> Facts:
    """Say that accrual takes nothing back, leaves room under the usury cap, and brings what was to come."""
    due = due_day(before.terms, before.period)
    is_limited = scale(compute_elapsed(before, due), before.terms.rate) > UNIT
    coming, left = (compute_interest_to_due_date(loan, before.principal) for loan in (before, after))
    return {
        "up to the due date, what was to come comes": implies(
            all_of(day <= due, negate(is_limited)), after.interest + left == before.interest + coming
        ),
        "nothing falls": all_of(
            after.interest >= before.interest,
            after.default_interest >= before.default_interest,
            after.usury_room >= before.usury_room,
        ),
    }


def promise_catch_up(before: Loan, day: int, _: None, after: Loan) -> Facts:
    """Say what catching up does, beside keeping every property of a loan and accruing exactly."""
    return {
        "nothing is due before today": implies(
            after.status == LoanStatus.ACTIVE, day <= due_day(after.terms, after.period)
        ),
        "what is owed grows": all_of(
            after.interest >= before.interest,
            after.default_interest >= before.default_interest,
            after.late_fees >= before.late_fees,
            after.period >= before.period,
            after.is_late >= before.is_late,
        ),
        "default comes exactly on the stop day": equivalent(
            is_new_default(before, after),
            all_of(is_one_of(before.status, ACCRUING), day >= before.stop_day),
        ),
        "interest paid ahead turns into principal": all_of(
            before.principal >= after.principal,
            before.principal - after.principal == before.interest_paid - after.interest_paid,
        ),
    }


def lemmas_of_catch_up(before: Loan, _: int, __: None, after: Loan) -> Facts:
    """Say why no credit for interest paid ahead is too great: no period brings more than its principal."""
    facts: Facts = {}
    for when, loan in (("before", before), ("after", after)):
        left = compute_elapsed(loan, due_day(loan.terms, loan.period))
        is_open = all_of(is_one_of(loan.status, ACCRUING), loan.period < loan.terms.periods)
        facts[f"no period brings more than its principal, {when}"] = implies(
            is_open, scale(left, loan.terms.rate) <= UNIT
        )
    return facts


def is_new_default(before: Loan, after: Loan) -> bool:
    """Return whether catching up brought the default."""
    return all_of(is_one_of(before.status, ACCRUING), after.status == LoanStatus.DEFAULTED)


def promise_payment(  # what was given, and what came of it
    loan: Loan, amount: int, _: int, bears_fee: int, payment: Payment, after: Loan
) -> Facts:
    """Say what taking a payment does, beside keeping every property of a loan."""
    payoff = compute_payoff(loan, bears_fee)
    is_settled = after.status == LoanStatus.SETTLED
    rounded_up = payment.interest * UNIT - loan.interest
    parts = (getattr(payment, item.name) for item in fields(Payment) if item.name != "coming_interest")
    return {
        "parts are not negative": all_of(*(part >= 0 for part in parts)),
        "what bears a fee is paid ahead": payment.fee_base <= payment.principal_ahead,
        "a credit is for principal that is paid ahead": implies(
            negate(is_settled), payment.coming_interest + payment.principal_ahead >= 0
        ),
        "a payment that bears no fee pays none": implies(
            bears_fee == 0, all_of(payment.fee_base == 0, payment.prepayment_fee == 0)
        ),
        "never less than nothing": payment.taken >= 0,
        "never more than offered": payment.taken <= amount,
        "never more than owed": payment.taken <= payoff.taken,
        "interest is at most what is taken": payment.interest <= payment.taken,
        "settled exactly when covered": all_of(
            equivalent(is_settled, amount >= payoff.taken),
            equivalent(is_settled, after.principal == 0),
            implies(is_settled, payment.taken == payoff.taken),
        ),
        "interest is moved exactly": all_of(
            implies(is_settled, all_of(rounded_up >= 0, rounded_up < UNIT)),
            implies(is_one_of(loan.status, IN_DEFAULT), payment.interest >= -1),
            implies(negate(is_settled), after.interest == loan.interest - payment.interest * UNIT),
        ),
        "debt falls by what was taken": debt(loan) - debt(after) == payment.taken - payment.prepayment_fee,
        "what it was taken for is counted": all_of(
            after.collateral == choose(is_settled, 0, loan.collateral),
            after.principal == loan.principal - payment.principal,
            after.prepaid == loan.prepaid + payment.fee_base,
            after.prepayment_fees == loan.prepayment_fees + payment.prepayment_fee,
            after.interest_paid == loan.interest_paid + payment.interest,
            after.since == loan.since,
            after.period == loan.period,
        ),
        "principal is left": implies(
            all_of(negate(is_settled), payment.principal_ahead > 0),
            after.principal >= loan.terms.minimum_principal,
        ),
        "no default comes earlier": implies(
            all_of(is_one_of(loan.status, ACCRUING), negate(is_settled)), after.stop_day >= loan.stop_day
        ),
        "an instalment that is paid early is met": is_met_early(loan, amount, payoff, after),
        "what is due falls by what is paid": all_of(
            implies(is_settled, compute_due(loan) <= amount),
            implies(negate(is_settled), compute_due(after) == maximum(compute_due(loan) - amount, 0)),
        ),
    }


AFTER_LEMMAS = (
    "a credit is for principal that is paid ahead",
    "never less than nothing",
    "what is due falls by what is paid",
    "no default comes earlier",
)


def fees_of(payment: Payment) -> tuple[int, ...]:
    """Return what a payment is taken for beside contract interest and principal."""
    return payment.default_interest, payment.late_fees, payment.prepayment_fee


def lemmas_of_payment(
    loan: Loan, amount: int, wanted_ahead: int, bears_fee: int, payment: Payment, after: Loan
) -> Facts:
    """Say what leads to three of the promises, above all that what is due falls by what is paid."""
    promised = promise_payment(loan, amount, wanted_ahead, bears_fee, payment, after)
    terms, payoff, left_over = loan.terms, compute_payoff(loan, bears_fee), compute_payoff(after)
    rest, new_rest = payoff.principal_ahead, left_over.principal_ahead
    paid, due, new_due = (
        payoff.overdue_interest + payoff.accrued_interest,
        compute_due(loan),
        compute_due(after),
    )
    left = compute_elapsed(loan, due_day(terms, loan.period))
    wanted = minimum(wanted_ahead, maximum(rest - terms.minimum_principal, 0))
    whole, less, new = (compute_interest_to_due_date(loan, part) for part in (rest, rest - wanted, new_rest))
    is_open, in_time = payoff.instalment >= loan.instalment, all_of(left >= 0, loan.period < terms.periods)
    coming, reduced = (
        quotient_up(loan.interest - paid * UNIT + choose(is_open, part, 0), UNIT) for part in (whole, less)
    )
    is_left = negate(after.status == LoanStatus.SETTLED)
    is_due, is_last = all_of(is_left, amount < due), all_of(is_left, rest == 0)
    is_paid = all_of(is_left, rest > 0, amount >= due)
    fees = (*fees_of(payment), *fees_of(payoff))
    return {
        "fees are not negative": all_of(*(fee >= 0 for fee in fees)),
        "what is not due falls by what is paid ahead": implies(
            is_left, new_rest == rest - payment.principal_ahead
        ),
        "interest to the due date is at most the principal": implies(in_time, whole <= rest * UNIT),
        "a credit is at most the principal": implies(
            rest > 0, quotient_up(minimum(loan.interest, 0), UNIT) + rest >= 0
        ),
        "a payoff covers what is due": due <= payoff.taken,
        "interest is rounded once": implies(
            in_time,
            paid + maximum(coming, 0)
            == quotient_up(maximum(loan.interest + choose(is_open, whole, 0), 0), UNIT),
        ),
        "paying ahead saves no more interest than it pays": implies(in_time, whole - less <= wanted * UNIT),
        "paying ahead saves no more than it pays": implies(in_time, coming <= reduced + wanted),
        "nothing is paid ahead while something is due": implies(is_due, payment.principal_ahead == 0),
        "all is taken while something is due": implies(is_due, payment.taken == amount),
        "interest to the due date is kept": implies(all_of(is_due, in_time), new == whole),
        **{
            f"where all is due, {name} falls by what is paid": implies(
                is_last, getattr(left_over, name) == getattr(payoff, name) - getattr(payment, name)
            )
            for name in ("overdue_interest", "accrued_interest", "default_interest", "late_fees")
        },
        "where all is due, no credit is used": implies(
            is_last,
            all_of(payment.coming_interest == 0, left_over.coming_interest == payoff.coming_interest),
        ),
        "where all is due, the payoff falls": implies(is_last, new_due == due - amount),
        "where something is due, it falls": implies(all_of(is_due, rest > 0), new_due == due - amount),
        "what pays all that is due leaves no principal of it": implies(
            is_paid, all_of(left_over.overdue_principal == 0, left_over.instalment == 0)
        ),
        "what pays all that is due leaves no interest": implies(
            is_paid, all_of(after.interest <= 0, after.interest + choose(is_open, new, 0) <= 0)
        ),
        "what pays all that is due leaves nothing due": implies(is_paid, new_due == 0),
        **{label: promised[label] for label in AFTER_LEMMAS},
    }


def is_met_early(loan: Loan, amount: int, payoff: Payment, after: Loan) -> bool:
    """Return whether an amount that covers the open instalment, and its interest to the due date, meets it.

    Then no principal is left of it, and the interest up to the due date brings the numerator to zero at most.
    """
    terms, rest = loan.terms, payoff.principal_ahead
    left = compute_elapsed(loan, due_day(terms, loan.period))
    paid = payoff.overdue_interest + payoff.accrued_interest
    coming = quotient_up(loan.interest - paid * UNIT + compute_interest_to_due_date(loan, rest), UNIT)
    covers = paid + payoff.overdue_principal + payoff.instalment + maximum(coming, 0)
    is_paid = all_of(
        is_one_of(loan.status, ACCRUING),
        negate(after.status == LoanStatus.SETTLED),
        loan.period < terms.periods,
        rest > 0,
        payoff.instalment == loan.instalment,
        amount >= covers,
    )
    is_met = all_of(
        after.instalment == 0,
        scale(left, terms.rate) <= UNIT,
        after.interest + compute_interest_to_due_date(loan, after.principal) <= 0,
    )
    return implies(is_paid, is_met)


def exact_catch_up(before: Loan, day: int, _: None, after: Loan) -> dict[str, int]:
    """Return what accrual gives to the numerator, whatever falls due, and what only a default changes."""
    if before.status in ACCRUING and after.status == LoanStatus.DEFAULTED:
        loss = multiply_divide_up(after.principal, before.impairment_ratio, WAD)
        expected = minimum(maximum(before.impairment, loss), after.principal)
        marks = {"is_late": 1, "has_defaulted": 1, "default_day": before.stop_day, "stop_day": 0}
        return {"since": day, **marks, **dict.fromkeys(MARGIN, 0), "impairment": expected}
    kept = ("principal", "interest_paid", "has_defaulted", "default_day", "stop_day", "impairment", *MARGIN)
    return {
        "since": day,
        "interest": accrue(before, day).interest,
        **{name: getattr(before, name) for name in kept},
    }


def exact_payment(  # what was given, and what came of it
    before: Loan, _: int, __: int, ___: int, payment: Payment, after: Loan
) -> dict[str, int]:
    """Return what a payment leaves of interest, and of collateral where it settles."""
    if after.status == LoanStatus.SETTLED:
        nothing = ("interest", "collateral", "stop_day", "impairment", *MARGIN, *AUCTION)
        return dict.fromkeys(nothing, 0)
    return {
        "interest": before.interest - payment.interest * UNIT,
        "impairment": minimum(before.impairment, after.principal),
        **{name: getattr(before, name) for name in AUCTION},
    }


def promise_proceeds(loan: Loan, amount: int, payment: Payment, after: Loan) -> Facts:
    """Say what taking proceeds does, beside keeping every property of a loan."""
    payoff = compute_payoff(loan, 0)
    is_settled = after.status == LoanStatus.SETTLED
    rounded_up = payment.interest * UNIT - loan.interest
    parts = (getattr(payment, item.name) for item in fields(Payment) if item.name != "coming_interest")
    return {
        "parts are not negative": all_of(*(part >= 0 for part in parts)),
        "what is offered is taken, up to what is owed": payment.taken == minimum(amount, payoff.taken),
        "what is owed is not negative": payoff.taken >= 0,
        "settled exactly when covered": equivalent(is_settled, amount >= payoff.taken),
        "interest is moved exactly": all_of(
            implies(is_settled, all_of(rounded_up >= 0, rounded_up < UNIT)),
            payment.interest >= -1,
            payment.interest <= payment.taken,
            implies(negate(is_settled), after.interest == loan.interest - payment.interest * UNIT),
        ),
        "debt falls by what was taken": payoff.taken - debt(after) == payment.taken,
        "what it was taken for is counted": all_of(
            after.principal == loan.principal - payment.principal,
            after.interest_paid == loan.interest_paid + payment.interest,
        ),
    }


def exact_proceeds(before: Loan, amount: int, payment: Payment, after: Loan) -> dict[str, int]:
    """Return what proceeds leave: nothing where they settle, else principal first, but for its last unit."""
    if after.status == LoanStatus.SETTLED:
        return dict.fromkeys(("principal", "interest", "collateral", "impairment", *AUCTION), 0)
    return {
        "principal": before.principal - minimum(amount, before.principal - 1),
        "interest": before.interest - payment.interest * UNIT,
        "impairment": minimum(before.impairment, after.principal),
        **{name: getattr(before, name) for name in AUCTION},
    }


def needs_of_proceeds(_: Loan, amount: int) -> Facts:
    """Say which amounts proceeds may have."""
    return {"the amount is not negative": amount >= 0}


def needs_of_catch_up(loan: Loan, day: int) -> Facts:
    """Say of which days catching up may be asked."""
    return {"the day is not before the loan's": loan.since <= day}


def needs_of_payment(_: Loan, amount: int, __: int, ___: int) -> Facts:
    """Say which amounts a payment may have."""
    return {"the amount is positive": amount >= 1}


ACCRUE = Contract(
    function=accrue,
    arguments={"day": Loan.__dataclass_fields__["since"].type},
    beside=None,
    statuses={status: (status,) for status in LIVE},
    changed=("since", "interest", "default_interest", "usury_room"),
    needs=needs_of_catch_up,
    exact=exact_accrual,
    promise=promise_accrual,
    keeps=("LOAN-TERMS", "LOAN-PRINCIPAL", "LOAN-USURY", "LOAN-CHARGES", "LOAN-INTEREST-PAID"),
)
CATCH_UP = Contract(
    function=catch_up,
    arguments={"day": Loan.__dataclass_fields__["since"].type},
    beside=None,
    statuses={
        LoanStatus.ACTIVE: (LoanStatus.ACTIVE, LoanStatus.OVERDUE, LoanStatus.DEFAULTED),
        LoanStatus.OVERDUE: (LoanStatus.OVERDUE, LoanStatus.DEFAULTED),
        LoanStatus.DEFAULTED: (LoanStatus.DEFAULTED,),
        LoanStatus.AUCTION: (LoanStatus.AUCTION,),
    },
    changed=(
        "since",
        "period",
        "principal",
        "interest_paid",
        "is_late",
        "has_defaulted",
        "default_day",
        "stop_day",
        "impairment",
        *MARGIN,
        "interest",
        "overdue_interest",
        "default_interest",
        "overdue_principal",
        "instalment",
        "usury_room",
        "late_fees",
    ),
    needs=needs_of_catch_up,
    exact=exact_catch_up,
    promise=promise_catch_up,
    lemmas=lemmas_of_catch_up,
)
TAKE_PAYMENT = Contract(
    function=take_payment,
    arguments={
        **{name: Repay.__annotations__[name] for name in ("amount", "principal_ahead")},
        "bears_fee": Loan.__dataclass_fields__["is_late"].type,
    },
    beside=Payment,
    statuses={
        LoanStatus.ACTIVE: (LoanStatus.ACTIVE, LoanStatus.SETTLED),
        LoanStatus.OVERDUE: (LoanStatus.ACTIVE, LoanStatus.OVERDUE, LoanStatus.SETTLED),
        LoanStatus.DEFAULTED: (LoanStatus.DEFAULTED, LoanStatus.SETTLED),
        LoanStatus.AUCTION: (LoanStatus.AUCTION, LoanStatus.SETTLED),
    },
    changed=(
        "principal",
        "overdue_principal",
        "instalment",
        "interest",
        "overdue_interest",
        "default_interest",
        "late_fees",
        "prepaid",
        "prepayment_fees",
        "interest_paid",
        "stop_day",
        "impairment",
        *MARGIN,
        *AUCTION,
    ),
    needs=needs_of_payment,
    exact=exact_payment,
    promise=promise_payment,
    lemmas=lemmas_of_payment,
)
TAKE_PROCEEDS = Contract(
    function=take_proceeds,
    arguments={"amount": Repay.__annotations__["amount"]},
    beside=Payment,
    statuses={status: (status, LoanStatus.SETTLED) for status in IN_DEFAULT},
    changed=(
        "principal",
        "overdue_principal",
        "interest",
        "overdue_interest",
        "default_interest",
        "late_fees",
        "interest_paid",
        "impairment",
        *AUCTION,
    ),
    needs=needs_of_proceeds,
    exact=exact_proceeds,
    promise=promise_proceeds,
)
CONTRACTS = {contract.name: contract for contract in (ACCRUE, CATCH_UP, TAKE_PAYMENT, TAKE_PROCEEDS)}
# Which contracts are relied on where a contract's body is followed; calls rely on those that keep everything.
WITHIN = {CATCH_UP.name: (ACCRUE.name,)}
WITHIN_CALLS = tuple(contract.name for contract in CONTRACTS.values() if not contract.keeps)
