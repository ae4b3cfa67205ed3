"""Quantities: their range, how they are written, and how they are read."""

from typing import Any

import pytest
from pydantic import BaseModel, TypeAdapter, ValidationError

from lien.spec import types
from lien.spec.abi import quantity_of
from lien.spec.types import Account, Amount, Flag, Numerator, Quantity, Rate, Reference, Timestamp
from lien.spec.units import CLOCK_UNITS_PER_YEAR, MAXIMUM_AMOUNT, MAXIMUM_RATE, WAD

QUANTITIES: dict[str, tuple[Any, Quantity]] = {
    name: (annotation, quantity)
    for name, annotation in vars(types).items()
    if (quantity := quantity_of(annotation)) is not None
}
WIDTHS = {"address": 160, "bytes32": 256, "bool": 1, "int256": 255}


def width_of(abi: str) -> int:
    """Return how many bits the positive integers of an ABI type have."""
    return WIDTHS[abi] if abi in WIDTHS else int(abi.removeprefix("uint"))


@pytest.mark.parametrize("name", QUANTITIES)
def test_a_quantity_fits_its_abi_type(name: str) -> None:
    """Given a quantity / When its range is compared with that of its ABI type / Then it is within."""
    _, quantity = QUANTITIES[name]
    assert quantity.maximum < 2 ** width_of(quantity.abi)
    assert quantity.minimum >= (-(2**255) if quantity.abi == "int256" else 0)
    assert quantity.minimum < quantity.maximum


@pytest.mark.parametrize("name", QUANTITIES)
def test_both_bounds_are_in_and_one_beyond_is_out(name: str) -> None:
    """Given a quantity / When its bounds and their neighbours are read
    / Then only the bounds are accepted.
    """
    annotation, quantity = QUANTITIES[name]
    adapter: TypeAdapter[int] = TypeAdapter(annotation)
    for bound in (quantity.minimum, quantity.maximum):
        assert adapter.validate_python(bound) == bound
    for outside in (quantity.minimum - 1, quantity.maximum + 1):
        with pytest.raises(ValidationError):
            adapter.validate_python(outside)


@pytest.mark.parametrize("name", QUANTITIES)
def test_a_quantity_survives_its_json(name: str) -> None:
    """Given a quantity / When a value is written as JSON and read again
    / Then it is a string, and the same value.
    """
    annotation, quantity = QUANTITIES[name]
    adapter: TypeAdapter[int] = TypeAdapter(annotation)
    for value in {quantity.minimum, quantity.minimum + 1, quantity.maximum}:
        written = adapter.dump_json(value).decode()
        assert written == f'"{quantity.show(value)}"'
        assert adapter.validate_json(written) == value


def test_people_read_addresses_and_hashes_as_hexadecimal() -> None:
    """Given an address and an amount / When they are shown / Then with all digits, and as decimal."""
    address, amount = QUANTITIES["Account"][1], QUANTITIES["Amount"][1]
    assert address.show(0xAB) == "0x" + "0" * 38 + "ab"
    assert amount.show(10**18) == "1000000000000000000"


@pytest.mark.parametrize(
    ("annotation", "written", "value"),
    [
        (Account, "0x" + "0" * 38 + "ab", 0xAB),
        (Reference, "0x" + "f" * 64, 2**256 - 1),
        (Amount, "1000", 1000),
        (Numerator, "-5", -5),
        (Timestamp, 0, 0),
    ],
)
def test_integers_are_read_from_strings(annotation: Any, written: Any, value: int) -> None:
    """Given an integer written as people do / When it is read / Then as that integer."""
    adapter: TypeAdapter[int] = TypeAdapter(annotation)
    assert adapter.validate_python(written) == value


@pytest.mark.parametrize("written", [True, 1.0, None, "", "ten", "0xg", "1e3", "2.5", b"1", [1]])
def test_what_is_no_integer_is_refused(written: Any) -> None:
    """Given a value that is no integer / When it is read as an amount / Then it is refused."""
    adapter: TypeAdapter[int] = TypeAdapter(Amount)
    with pytest.raises(ValidationError):
        adapter.validate_python(written)


@pytest.mark.parametrize(
    ("annotation", "written"), [(Account, "0xab"), (Reference, "0x1"), (Amount, "1_000")]
)
def test_a_mistyped_integer_is_refused(annotation: Any, written: str) -> None:
    """Given an address or a hash without all its digits, or a digit mistyped / When it is read
    / Then it is refused.
    """
    adapter: TypeAdapter[int] = TypeAdapter(annotation)
    with pytest.raises(ValidationError):
        adapter.validate_python(written)


def test_the_message_names_the_form() -> None:
    """Given a bad address and a bad amount / When they are read
    / Then the message says what they must look like.
    """

    class Both(BaseModel):
        account: Account
        amount: Amount

    with pytest.raises(ValidationError) as error:
        Both.model_validate({"account": "0xz", "amount": "z"})
    text = str(error.value)
    assert "must be 0x and 40 hexadecimal digits" in text
    assert "must be a decimal integer" in text


def test_units_are_scaled_as_they_say() -> None:
    """Given the units / When they are compared
    / Then each year divides, and caps are what their names say.
    """
    assert all(CLOCK_UNITS_PER_YEAR % days == 0 for days in (360, 365, 366))
    assert (MAXIMUM_AMOUNT, MAXIMUM_RATE) == (2**128 - 1, 10 * WAD)
    assert QUANTITIES["Rate"][1].maximum == MAXIMUM_RATE
    assert quantity_of(Rate) is QUANTITIES["Rate"][1]
    assert quantity_of(Flag) == Quantity("bool", 0, 1)
