"""What new terms take over from a loan, field by field."""

from dataclasses import replace

from lien.protocol.builders import percent
from lien.protocol.restructuring import compute_carried, restructured, terms_in_force
from lien.spec.types import DayCount, LoanStatus
from lien.spec.units import UNIT
from tests.lives import FIRST_DUE, PART, PRINCIPAL, SECOND_DUE, active_life, make_terms

LOAN = replace(
    active_life().loan(),
    status=LoanStatus.DEFAULTED,
    since=FIRST_DUE,
    period=1,
    overdue_principal=PART,
    instalment=0,
    interest=12_000 * UNIT - 1,
    overdue_interest=7,
    default_interest=5 * UNIT - 2,
    late_fees=3,
    prepaid=11,
    prepayment_fees=13,
    interest_paid=17,
    stop_day=0,
    default_day=FIRST_DUE,
    margin_day=19,
    margin_payment=23,
    margin_top_up=29,
    impairment=2 * PRINCIPAL,
    restructurings=1,
)


def test_what_was_accrued_is_carried_once_rounded_up() -> None:
    """Given parts of a unit / When what is carried is reckoned / Then each part is a whole unit more."""
    carried = compute_carried(LOAN)
    assert (carried.interest, carried.default_interest, carried.late_fees) == (12_000, 5, 3)
    assert carried.capitalised == 12_008


def test_the_signed_terms_hold_with_what_there_is() -> None:
    """Given other terms / When they are in force / Then with the loan's day count and its collateral."""
    loan = replace(LOAN, collateral=31, terms=replace(LOAN.terms, day_count=DayCount.ACTUAL_360))
    signed = make_terms(collateral_asset=1, collateral_amount=37, day_count=DayCount.ACTUAL_365)
    assert terms_in_force(loan, signed, 41) == replace(
        signed,
        principal=41,
        day_count=DayCount.ACTUAL_360,
        collateral_asset=loan.terms.collateral_asset,
        collateral_amount=31,
    )


def test_a_restructured_loan_begins_anew_and_stays_late() -> None:
    """Given a loan in default / When it is restructured / Then nothing is overdue or called any more,
    what rounding brought is a credit, and no more is impaired than there is.
    """
    terms = make_terms(first_due_day=SECOND_DUE, periods=3, payment=PART, rate=percent(10))
    carried = compute_carried(LOAN)
    assert restructured(LOAN, terms, carried) == replace(
        LOAN,
        terms=terms,
        status=LoanStatus.ACTIVE,
        disbursed_day=FIRST_DUE,
        period=0,
        principal=PRINCIPAL,
        overdue_principal=0,
        instalment=PART,
        interest=-1,
        overdue_interest=0,
        default_interest=-2,
        late_fees=0,
        prepaid=0,
        prepayment_fees=0,
        interest_paid=12_017,
        stop_day=SECOND_DUE + 11,
        default_day=0,
        margin_day=0,
        margin_payment=0,
        margin_top_up=0,
        impairment=PRINCIPAL,
        restructurings=2,
    )
