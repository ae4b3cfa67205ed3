"""What a facility is worth, what shares are worth, and what of the interest is the treasury's."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from lien.protocol.builders import percent
from lien.protocol.valuation import add_recovery, amount_for, net_assets, shares_for, treasury_share, unvested
from lien.spec.units import MAXIMUM_AMOUNT, UNIT, VIRTUAL_ASSETS, VIRTUAL_SHARES
from tests.lives import CASH, FIRST_DUE, START, active_life

FACILITY = active_life().facility()
amounts, shares = st.integers(0, 10**30), st.integers(0, 10**36)


def test_net_assets_are_cash_principal_and_the_lenders_part_of_the_interest() -> None:
    """Given a month of 12,000 / When the facility is valued / Then with 90 % of it, rounded down."""
    assert net_assets(FACILITY, START) == CASH
    assert net_assets(FACILITY, FIRST_DUE) == CASH + 10_800
    assert net_assets(replace(FACILITY, interest_fee=percent(10) + 1), FIRST_DUE) == CASH + 10_799


def test_a_recovery_enters_evenly() -> None:
    """Given a recovery of 3,001 over thirty days / When days pass / Then net assets rise by a part each day.

    What has not entered is rounded up, so that nothing enters early.
    """
    idle = replace(FACILITY, slopes=(0, 0, 0, 0), offsets=(0, 0, 0, 0), carry=0)
    recovered = add_recovery(replace(idle, cash=idle.cash + 3_001), 3_001, START)
    gains = [net_assets(recovered, START + days) - net_assets(idle, START + days) for days in (0, 1, 15, 30)]
    assert gains == [0, 100, 1_500, 3_001]


def test_a_second_recovery_begins_anew_with_what_waits() -> None:
    """Given half of 3,000 waiting / When 900 are recovered / Then 2,400 wait for another thirty days.

    Of a day before that, too, no more than these is said to wait, and after them nothing.
    """
    half = add_recovery(add_recovery(FACILITY, 3_000, START), 900, START + 15)
    assert (half.recovered_amount, half.recovered_day) == (2_400, START + 15)
    assert [unvested(half, START + days) for days in (14, 15, 30, 45, 46)] == [2_400, 2_400, 1_200, 0, 0]


def test_what_waits_is_bounded() -> None:
    """Given the greatest amount waiting / When more is recovered / Then the rest enters at once."""
    full = add_recovery(add_recovery(FACILITY, MAXIMUM_AMOUNT, START), 1, START)
    assert full.recovered_amount == MAXIMUM_AMOUNT


def test_a_payment_of_interest_moves_it_into_cash_without_a_change() -> None:
    """Given interest that has accrued / When it is paid and the treasury takes its share
    / Then the value is the same.
    """
    paid = replace(
        FACILITY,
        cash=FACILITY.cash + 12_000 - 1_200,
        carry=FACILITY.carry - 12_000 * UNIT,
        interest_paid=12_000,
        treasury_taken=1_200,
    )
    assert net_assets(paid, FIRST_DUE) == net_assets(FACILITY, FIRST_DUE)


@given(amounts, shares, amounts, shares)
def test_shares_and_amounts_round_against_who_asks(cash: int, issued: int, amount: int, offered: int) -> None:
    """Given any facility / When amount is turned to shares and back, or shares to amount
    / Then never to a gain.
    """
    facility = replace(FACILITY, shares=issued)
    bought = shares_for(facility, cash, amount)
    assert bought * (cash + VIRTUAL_ASSETS) <= amount * (issued + VIRTUAL_SHARES)
    assert amount_for(facility, cash, bought) <= amount
    worth = amount_for(facility, cash, offered)
    assert worth * (issued + VIRTUAL_SHARES) <= offered * (cash + VIRTUAL_ASSETS)
    assert shares_for(facility, cash, worth) <= offered


@given(st.lists(st.integers(0, 1_000), max_size=8))
def test_the_treasury_takes_the_floor_of_the_whole(payments: list[int]) -> None:
    """Given interest paid in any parts / When the treasury takes its share each time
    / Then the floor of 10 %.
    """
    facility = FACILITY
    for paid in payments:
        facility = replace(facility, interest_paid=facility.interest_paid + paid)
        facility = replace(facility, treasury_taken=facility.treasury_taken + treasury_share(facility))
    assert facility.treasury_taken == sum(payments) // 10


def test_the_treasury_gives_nothing_back() -> None:
    """Given a credit that was given back / When the treasury had taken its share
    / Then it waits for the next.
    """
    facility = replace(FACILITY, interest_paid=90, treasury_taken=10)
    assert treasury_share(facility) == 0
    assert treasury_share(replace(facility, interest_paid=119)) == 1
