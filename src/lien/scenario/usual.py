"""Spare a scenario what is usual: arguments with a usual value, and the fields of terms and products."""

from collections.abc import Callable
from dataclasses import replace
from inspect import Parameter, signature
from typing import Any

from lien.protocol import builders
from lien.protocol.builders import build_terms, clock_steps
from lien.protocol.calendar import day_of, regular_day
from lien.protocol.genesis import build_product
from lien.protocol.schedule import level_payment
from lien.spec.abi import quantity_of
from lien.spec.call import Call, snake_case
from lien.spec.product import Product
from lien.spec.terms import Terms
from lien.spec.types import CycleUnit, RepaymentKind
from lien.spec.units import MAXIMUM_CYCLE_LENGTH, MAXIMUM_DAY, MAXIMUM_PERIODS

WINDOW_DAYS = 5
USUAL = {"principal_ahead": "0", "deadline": "+30d"}  # arguments of calls, as they would be written
NUMBERED = ("reference",)  # these are the number of the call, so that each payment has its own
NOBODY = "nobody"
LEAST = "minimum_"  # an argument that asks for at least something asks for nothing


def is_usual(kind: type[Call], argument: str) -> bool:
    """Return whether an argument may be left out."""
    usual = argument in USUAL or argument in NUMBERED or argument.startswith(LEAST)
    return usual or may_be_nobody(kind, argument) or not kind.model_fields[argument].is_required()


def may_be_nobody(kind: type[Call], argument: str) -> bool:
    """Return whether an argument is an account, or none."""
    quantity = quantity_of(kind.__annotations__[argument])
    return quantity is not None and quantity.abi == "address" and quantity.minimum == 0


def usual_text(kind: type[Call], argument: str, number: int) -> str:
    """Return an argument that was left out, as it would be written."""
    if may_be_nobody(kind, argument):
        return NOBODY
    return str(number) if argument in NUMBERED else USUAL.get(argument, "0")


# --- records ----------------------------------------------------------------------------------------


class Missing(Exception):  # noqa: N818  # caught where the line is known
    """Carry the name of a field that has no usual value, and what it is."""

    def __init__(self, name: str, what: str) -> None:
        """Keep both."""
        super().__init__(name)
        self.name, self.what = name, what


Named = dict[str, Any]


def usual_terms(given: Named, now: int, assets: dict[str, int]) -> Terms:
    """Return terms: those that are given, due dates and payment that follow from them, the rest as usual.

    The window begins today, the first due date is a cycle later, and the payment of an amortising kind is the
    one that repays the principal in its periods. A balloon's has to be given: it says how much is left.

    Raises: Missing.
    """
    if "principal" not in given:
        raise Missing("principal", "the amount that is lent")
    start = given.get("window_start_day", day_of(now))
    usual: Named = {
        "window_start_day": start,
        "window_end_day": min(start + WINDOW_DAYS, MAXIMUM_DAY),
        "collateral_asset": usual_collateral(given, assets),
    }
    named: Named = usual | due_days(given, start) | given
    terms = build_terms(**named)
    if terms.kind is RepaymentKind.BALLOON and "payment" not in given:
        raise Missing("payment", "what a balloon pays each period, interest included")
    if "payment" in given or not is_sound_enough(terms):
        return terms
    return replace(terms, payment=usual_payment(terms))


def usual_collateral(given: Named, assets: dict[str, int]) -> int:
    """Return any asset for a loan without collateral."""
    if given.get("collateral_amount") and "collateral_asset" not in given:
        raise Missing("collateral_asset", "the asset of the collateral")
    return next(iter(assets.values()), 1)


def due_days(given: Named, start: int) -> Named:
    """Return the first and the last due day: in cycles from the window's start on."""
    unit, length = given.get("cycle_unit", CycleUnit.MONTH), given.get("cycle_length", 1)
    periods, ends = given.get("periods", 1), bool(given.get("end_of_month", 0))
    if periods == 1:
        named = [given[name] for name in ("maturity_day", "first_due_day") if name in given]
        if not named:
            raise Missing("maturity_day", "the day on which the loan falls due")
        return {"first_due_day": named[0], "maturity_day": named[0]}
    first = given.get("first_due_day", regular_day(start, 1, unit, length, ends))
    return {
        "first_due_day": first,
        "maturity_day": regular_day(first, max(periods - 1, 0), unit, length, ends),
    }


def is_sound_enough(terms: Terms) -> bool:
    """Return whether a payment can be reckoned; the protocol rejects what is not sound."""
    if not 1 <= terms.periods <= MAXIMUM_PERIODS or not 1 <= terms.cycle_length <= MAXIMUM_CYCLE_LENGTH:
        return False
    return all(step >= 0 for step in clock_steps(terms, terms.window_start_day))


def usual_payment(terms: Terms) -> int:
    """Return the payment that repays the principal in the periods, for a loan disbursed at once."""
    if terms.kind is RepaymentKind.EQUAL_PRINCIPAL:
        return terms.principal // terms.periods
    if terms.kind is RepaymentKind.ANNUITY:
        return level_payment(terms.principal, terms.rate, clock_steps(terms, terms.window_start_day))
    return 0


def usual_product(given: Named, _now: int, _assets: dict[str, int]) -> Product:
    """Return a product: what is given, the rest without narrow limits."""
    if "asset" not in given:
        raise Missing("asset", "the asset that is lent")
    return build_product(**given)


def builder_of(kind: type) -> Callable[..., Any] | None:
    """Return the builder of a record in `lien.protocol.builders`, by its name, where there is one.

    Its keywords are the fields of the record; those without a default have to be given.
    """
    found: Callable[..., Any] | None = getattr(builders, f"build_{snake_case(kind.__name__)}", None)
    return found


def build(kind: type, builder: Callable[..., Any], given: Named) -> Any:
    """Return a record by its builder.

    Raises: Missing.
    """
    for name, parameter in signature(builder).parameters.items():
        is_optional = parameter.default is not Parameter.empty or parameter.kind is Parameter.VAR_KEYWORD
        if not is_optional and name not in given:
            raise Missing(name, f"the field {name} of {kind.__name__.lower()}")
    return builder(**given)


RECORDS: dict[type, Callable[[Named, int, dict[str, int]], Any]] = {
    Terms: usual_terms,
    Product: usual_product,
}
