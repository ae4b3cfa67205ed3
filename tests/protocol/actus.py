"""Read the published test cases of the ACTUS standard as contracts of the schedule functions.

The cases are not part of this project. They are looked for in the folder that `ACTUS_TESTS` names, or else in
`../shared/actus` from the project's root: `pam.json`, `lam.json` and `ann.json`, each a map from a case's
name to its terms and results.
"""

import json
import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from math import ceil
from pathlib import Path
from typing import Any, cast

from lien.protocol.calendar import BusinessDayConvention, day_from
from lien.protocol.schedule import CashFlow, Contract, Cycle, FlowKind, Role, Shift
from lien.spec.types import CycleUnit, DayCount, RepaymentKind
from lien.spec.units import WAD

ROOT = Path(__file__).parents[2]
FOLDER = Path(os.environ.get("ACTUS_TESTS", ROOT.parent / "shared" / "actus"))
ABSENT = f"the published ACTUS cases are not in {FOLDER}: set ACTUS_TESTS to their folder"

KINDS = {
    "PAM": RepaymentKind.INTEREST_ONLY,
    "LAM": RepaymentKind.EQUAL_PRINCIPAL,
    "ANN": RepaymentKind.ANNUITY,
}
DAY_COUNTS = {
    "A365": DayCount.ACTUAL_365,
    "A360": DayCount.ACTUAL_360,
    "30E360": DayCount.THIRTY_E_360,
    "AA": DayCount.ACTUAL_ACTUAL,
}
ROLES = {"RPA": Role.LENDER, "RPL": Role.BORROWER}
CONVENTIONS = {
    "F": BusinessDayConvention.FOLLOWING,
    "MF": BusinessDayConvention.MODIFIED_FOLLOWING,
    "P": BusinessDayConvention.PRECEDING,
    "MP": BusinessDayConvention.MODIFIED_PRECEDING,
}
PERIODS = {
    "D": (CycleUnit.DAY, 1),
    "W": (CycleUnit.DAY, 7),
    "M": (CycleUnit.MONTH, 1),
    "Q": (CycleUnit.MONTH, 3),
    "H": (CycleUnit.MONTH, 6),
    "Y": (CycleUnit.MONTH, 12),
}
FLOW_KINDS = {
    "IED": FlowKind.EXCHANGE,
    "PR": FlowKind.PRINCIPAL,
    "IP": FlowKind.INTEREST,
    "IPCI": FlowKind.CAPITALIZATION,
    "PRF": FlowKind.FIXING,
    "MD": FlowKind.MATURITY,
}

# Terms that become fields of the contract; the others must say that nothing is asked for.
READ = {
    "accruedInterest",
    "amortizationDate",
    "businessDayConvention",
    "calendar",
    "capitalizationEndDate",
    "contractRole",
    "contractType",
    "cycleAnchorDateOfInterestPayment",
    "cycleAnchorDateOfPrincipalRedemption",
    "cycleOfInterestPayment",
    "cycleOfPrincipalRedemption",
    "dayCountConvention",
    "endOfMonthConvention",
    "initialExchangeDate",
    "maturityDate",
    "nextPrincipalRedemptionPayment",
    "nominalInterestRate",
    "notionalPrincipal",
    "premiumDiscountAtIED",
    "statusDate",
}
# Terms without effect on a fixed-rate loan: names, and how a rate would be reset if it were.
WITHOUT_EFFECT = {
    "contractDealDate",
    "contractID",
    "counterpartyID",
    "creatorID",
    "currency",
    "fixingDays",
    "rateMultiplier",
    "rateSpread",
}
# Other terms are without effect at these values only.
NEUTRAL = {
    "contractPerformance": {"PF"},
    "feeRate": {"0", "0.0"},
    "interestCalculationBase": {"NT"},
    "interestScalingMultiplier": {"1", "1.0"},
    "notionalScalingMultiplier": {"1", "1.0"},
    "penaltyType": {"N", "O"},
    "prepaymentEffect": {"N"},
    "scalingEffect": {"000", "OOO"},
}


class OutOfScopeError(Exception):
    """Say that a case asks for more than a fixed-rate loan in one currency."""


@dataclass(frozen=True)
class Row:
    """Hold one row of a case's results, or of ours, in currency units."""

    day: int
    kind: FlowKind
    columns: tuple[Fraction, Fraction, Fraction, Fraction]  # payoff, principal, rate, accrued interest


def load_cases() -> dict[str, Any]:
    """Return all cases by name; none where the folder is absent."""
    paths = [FOLDER / f"{name}.json" for name in ("pam", "lam", "ann")]
    cases: dict[str, Any] = {}
    for path in paths:
        if path.exists():
            cases |= json.loads(path.read_text(encoding="utf-8"))
    return cases


def fitting_cases() -> set[str]:
    """Return the names of the cases that the folder itself says are of a fixed-rate loan in one currency."""
    needs = json.loads((FOLDER / "needs.json").read_text(encoding="utf-8"))
    return {name for cases in needs.values() for name, case in cases.items() if case["fits"]}


def require_in_scope(case: Mapping[str, Any]) -> None:
    """Refuse a case with terms or events that a fixed-rate loan does not have."""
    for name, term in case["terms"].items():
        if name in READ or name in WITHOUT_EFFECT:
            continue
        if str(term).strip() not in NEUTRAL.get(name, set()):
            raise OutOfScopeError(f"{name} {term}")
    if case.get("eventsObserved"):
        raise OutOfScopeError("unscheduled events")


def exactly(number: Fraction) -> int:
    """Keep a fraction, which stands for an integer under the fractions' interpretation."""
    return cast(int, number)


def contract_of(case: Mapping[str, Any], *, units: int, amount: Callable[[Fraction], int]) -> Contract:
    """Return a case's contract, a currency unit being so many base units, its amounts made by a function."""
    require_in_scope(case)
    terms = {name: str(term).strip() for name, term in case["terms"].items()}

    def money(name: str) -> int | None:
        return amount(Fraction(terms[name]) * units) if name in terms else None

    def day(name: str) -> int | None:
        return read_day(terms[name]) if name in terms else None

    def cycle(name: str) -> Cycle | None:
        return read_cycle(terms[name], terms.get("endOfMonthConvention", "SD")) if name in terms else None

    principal, exchange, status = money("notionalPrincipal"), day("initialExchangeDate"), day("statusDate")
    assert principal is not None
    assert exchange is not None
    assert status is not None
    rate = terms.get("nominalInterestRate")
    return Contract(
        kind=KINDS[terms["contractType"]],
        day_count=DAY_COUNTS[terms["dayCountConvention"]],
        role=ROLES[terms["contractRole"]],
        status_day=status,
        exchange_day=exchange,
        maturity_day=day("maturityDate"),
        principal=principal,
        premium=money("premiumDiscountAtIED") or 0,
        rate=None if rate is None else ceil(Fraction(rate) * WAD),
        accrued=money("accruedInterest"),
        interest_anchor=day("cycleAnchorDateOfInterestPayment"),
        interest_cycle=cycle("cycleOfInterestPayment"),
        capitalization_end_day=day("capitalizationEndDate"),
        principal_anchor=day("cycleAnchorDateOfPrincipalRedemption"),
        principal_cycle=cycle("cycleOfPrincipalRedemption"),
        payment=money("nextPrincipalRedemptionPayment"),
        amortization_day=day("amortizationDate"),
        shift=read_shift(terms.get("businessDayConvention", "NOS"), terms.get("calendar", "NC")),
    )


def read_day(text: str) -> int:
    """Return the day of a time of ACTUS, which is a midnight; the last second of a day is the next one."""
    day, _, time = text.partition("T")
    if time in {"", "00:00", "00:00:00"}:
        return day_from(date.fromisoformat(day))
    if time in {"23:59:59", "24:00", "24:00:00"}:
        return day_from(date.fromisoformat(day)) + 1
    raise OutOfScopeError(f"a time within the day: {text}")


def read_cycle(text: str, end_of_month: str) -> Cycle:
    """Return a cycle: P, a number, a period, then L0 for a long and L1 for a short last stub."""
    match = re.fullmatch(r"P(\d+)([DWMQHY])(?:L([01]))?", text)
    if match is None:
        raise OutOfScopeError(f"the cycle {text}")
    number, period, stub = match.groups()
    unit, length = PERIODS[period]
    return Cycle(unit, int(number) * length, long_stub=stub == "0", end_of_month=end_of_month == "EOM")


def read_shift(convention: str, calendar: str) -> Shift:
    """Return a business-day convention: SC shifts first, CS calculates first; NC is without weekends."""
    if convention in {"NOS", "NULL"} or calendar in {"NC", "NoCalendar"}:
        return Shift(BusinessDayConvention.NONE, calculate_first=False)
    order, rule = convention[:2], convention[2:]
    return Shift(CONVENTIONS[rule], calculate_first={"CS": True, "SC": False}[order])


def expected_rows(case: Mapping[str, Any]) -> list[Row]:
    """Return the published results."""
    names = ("payoff", "notionalPrincipal", "nominalInterestRate", "accruedInterest")
    return [
        Row(
            read_day(row["eventDate"]),
            FLOW_KINDS[row["eventType"]],
            cast(tuple[Fraction, Fraction, Fraction, Fraction], tuple(Fraction(str(row[n])) for n in names)),
        )
        for row in case["results"]
    ]


def as_row(flow: CashFlow, units: int) -> Row:
    """Return one of our cash flows as a row of results, in currency units."""
    amount, principal, accrued = (Fraction(n) / units for n in (flow.amount, flow.principal, flow.accrued))
    return Row(flow.day, flow.kind, (amount, principal, Fraction(flow.rate) / WAD, accrued))


def is_within_horizon(case: Mapping[str, Any], day: int) -> bool:
    """Return whether a day is not after the one at which the case's results are cut off, if at any."""
    return not case.get("to") or day <= read_day(case["to"])
