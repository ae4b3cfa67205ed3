"""What a write-off leaves of a loan, and a recovery brings to its facility, field by field."""

from dataclasses import replace
from typing import Any

from lien.protocol.losses import Recovery, receive_recovery, write_down
from lien.spec.types import LoanStatus
from tests.lives import active_life

LIFE = active_life()


def test_nothing_is_owed_on_what_is_written_off() -> None:
    """Given a loan in default / When it is written off / Then every debt is gone, and the loss is told."""
    owed = {"overdue_principal": 2, "instalment": 3, "interest": 5, "overdue_interest": 4}
    debts: dict[str, Any] = owed | {"default_interest": 7, "late_fees": 11, "impairment": 13}
    none: dict[str, Any] = dict.fromkeys(debts, 0)
    loan = replace(LIFE.loan(), status=LoanStatus.DEFAULTED, principal=100, **debts)
    assert write_down(loan, 30) == replace(
        loan,
        status=LoanStatus.WRITTEN_OFF,
        principal=0,
        **none,
        lender_loss=70,
        cover_loss=30,
    )


def test_one_unit_for_the_lenders_vests_and_none_delays_nothing() -> None:
    """Given what vests since a day / When a unit comes, or nothing but cover / Then it waits, or not."""
    before = replace(LIFE.facility(), recovered_amount=30, recovered_day=10)
    came = replace(before, cash=before.cash + 1, recovered_amount=31, recovered_day=10)
    assert receive_recovery(before, Recovery(1, 0, 0), 10) == came
    for_cover = replace(before, cover=before.cover + 5)
    assert receive_recovery(before, Recovery(0, 5, 0), 20) == for_cover
