"""Define the terms of a loan: what both sides sign, and what no later call changes but a restructuring."""

from dataclasses import dataclass

from lien.spec.types import (
    Amount,
    Asset,
    Count,
    CycleUnit,
    Day,
    DayCount,
    Days,
    Flag,
    Rate,
    Ratio,
    RepaymentKind,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """Fix every charge and every date of a loan before anyone signs.

    Due date `k` (of `periods`, counted from zero) is `first_due_day` plus `k` cycles, clipped to the
    length of its month; the last is `maturity_day`, so that a short or long last stub is what the two
    leave between them.
    """

    # the principal, and what it costs
    principal: Amount
    rate: Rate  # contract interest, a year
    default_rate: Rate  # in addition, on overdue principal only
    usury_cap: Rate  # what contract interest, default interest and late fees may reach together, a year
    # when it falls due
    kind: RepaymentKind
    day_count: DayCount
    window_start_day: Day  # the first day of disbursement
    window_end_day: Day  # the last day of disbursement
    first_due_day: Day
    cycle_unit: CycleUnit
    cycle_length: Count  # in cycle units
    end_of_month: Flag  # due at the month's end, where the first due day is one
    periods: Count
    maturity_day: Day
    payment: Amount  # equal principal: the principal; annuity, balloon: with the interest; else zero
    # what a payment, or a missed one, entails
    minimum_principal: Amount  # a payment leaves at least this much, or nothing
    grace_days: Days  # from a missed due date to default
    late_fee: Amount  # for each missed instalment
    prepayment_fee_rate: Ratio  # of the principal that is paid ahead of time
    open_days: Days  # before maturity, in which the rest of a bullet or balloon is not ahead of time
    origination_fee_rate: Ratio  # of the principal, kept back at disbursement
    # what secures it
    collateral_asset: Asset
    collateral_amount: Amount
    origination_limit: Ratio  # loan-to-value at disbursement
    margin_call_limit: Ratio
    liquidation_limit: Ratio
    close_factor: Ratio  # the share of the debt that one liquidation may repay
    liquidation_bonus: Ratio
