"""Every argument of every call can be written; each quantity has the form that people know."""

from dataclasses import fields, is_dataclass
from enum import IntEnum
from inspect import isclass
from typing import Any

import pytest
from eth_utils.crypto import keccak

from lien.protocol.genesis import DOLLAR, begin, build_genesis
from lien.scenario.document import OF_A_CALL
from lien.scenario.fault import Wrong
from lien.scenario.formulas import Scene
from lien.scenario.names import Names
from lien.scenario.nodes import Node, read_yaml
from lien.scenario.values import FORMS, is_bytes, read
from lien.spec.abi import quantity_of
from lien.spec.call import Call
from lien.spec.catalogue import CALLS
from lien.spec.genesis import account_of
from lien.spec.types import (
    Account,
    Amount,
    Asset,
    Day,
    Flag,
    Grade,
    OptionalAccount,
    Price,
    Rate,
    Reference,
    Shares,
    Timestamp,
    one_each_of,
)
from lien.spec.units import MAXIMUM_RATE, PRICE_SCALE, WAD
from lien.vectors.kinds import is_list, is_object

NOW = 19_737 * 86_400 + 3_600  # an hour into 2024-01-15
SCENE = Scene(Names.of(build_genesis()), begin(build_genesis()), NOW, 7)
EXAMPLES = {
    "account": "lender",
    "asset": "dUSD",
    "amount": "5 dUSD",
    "shares": "5",
    "ratio": "5 %",
    "price": "2 dUSD per dETH",
    "time": "+1h",
    "day": "+1d",
}


def example(annotation: Any) -> Any:
    """Return a text, or entries, of an annotation."""
    quantity = quantity_of(annotation)
    if quantity is not None and quantity.digits and not quantity.names:
        return "nobody" if quantity.abi == "address" else "1"
    if quantity is not None:
        return EXAMPLES.get(quantity.names, str(max(quantity.minimum, 1)))
    if isclass(annotation) and issubclass(annotation, IntEnum):
        return next(iter(annotation)).name.lower()
    if isclass(annotation) and is_dataclass(annotation):
        return {item.name: example(item.type) for item in fields(annotation)}
    one_each = one_each_of(annotation)
    assert one_each is not None, annotation
    return [example(one_each.entry)] * len(one_each.index)


def node_of(content: Any) -> Node:
    """Return plain Python as a node."""
    if is_object(content):
        return Node({name: node_of(entry) for name, entry in content.items()}, 1, "here")
    return Node([node_of(item) for item in content] if is_list(content) else content, 1, "here")


@pytest.mark.parametrize("kind", list(CALLS.values()), ids=list(CALLS))
def test_every_argument_of_every_call_can_be_written(kind: type[Call]) -> None:
    """Given a call / When its fields are read from examples / Then the edge takes them."""
    given = {
        name: b"" if is_bytes(annotation) else read(annotation, node_of(example(annotation)), name, SCENE)
        for name in kind.model_fields
        for annotation in (kind.__annotations__[name],)
    }
    assert kind.model_validate(given).arguments() == given


@pytest.mark.parametrize("kind", list(CALLS.values()), ids=list(CALLS))
def test_no_argument_has_the_name_of_a_field_of_every_call(kind: type[Call]) -> None:
    """Given a call / When its arguments are named / Then none is call, sender, at, expect or note."""
    assert not set(OF_A_CALL) & set(kind.model_fields)


def test_every_form_has_an_example() -> None:
    """Given the forms / When examples are counted / Then each form has one."""
    assert set(FORMS) <= set(EXAMPLES)


READINGS: list[tuple[Any, str, int]] = [
    (Account, "lender", account_of("lender")),
    (Account, "protocol", build_genesis().protocol),
    (Account, f"0x{1:040x}", 1),
    (OptionalAccount, "nobody", 0),
    (Asset, "dUSD", DOLLAR),
    (Amount, "12,500.50 dUSD", 12_500_500_000),
    (Amount, "1_000_000", 1_000_000),
    (Amount, "0.000000000000000001 dETH", 1),
    (Amount, "5.10000000 dUSD", 5_100_000),
    (Shares, "7", 7),
    (Rate, "12 %", 12 * WAD // 100),
    (Rate, "12.5%", 125 * WAD // 1000),
    (Rate, "1000 %", MAXIMUM_RATE),
    (Rate, "5", 5),
    (Price, "2,500.5 dUSD per dETH", 25_005 * PRICE_SCALE * 10**6 // 10**19),
    (Price, "3", 3),
    (Timestamp, "2024-01-17", 19_739 * 86_400),
    (Timestamp, "2024-01-16T09:30:05Z", 19_738 * 86_400 + 34_205),
    (Timestamp, "+90 s", NOW + 90),
    (Timestamp, "+1 year", NOW + 366 * 86_400),
    (Day, "2024-01-16", 19_738),
    (Day, "+2w", 19_751),
    (Flag, "yes", 1),
    (Flag, "FALSE", 0),
    (Reference, "12", 12),
    (Reference, f"0x{5:064x}", 5),
    (Reference, "invoice 12", int.from_bytes(keccak(text="invoice 12"), "big")),
    (Grade, "b", Grade.B),
]


@pytest.mark.parametrize(("annotation", "text", "meant"), READINGS, ids=[text for _, text, _ in READINGS])
def test_a_quantity_is_read_as_people_write_it(annotation: Any, text: str, meant: int) -> None:
    """Given a text / When it is read as a quantity / Then it is exactly what is meant."""
    assert read(annotation, Node(text, 1, "here"), "figure", SCENE) == meant


def test_the_last_one_needs_one() -> None:
    """Given no loan yet / When the last one is named / Then there is none."""
    with pytest.raises(Wrong, match="there is no loan yet"):
        read(CALLS["cancel"].__annotations__["loan"], Node("last", 1, "loan"), "loan", SCENE)


def test_a_scalar_stays_the_text_that_it_is() -> None:
    """Given what YAML reads as something else / When nodes are made / Then it is text."""
    node = read_yaml("a: 2024-01-15\nb: 12:30\nc: yes\nd: 0x10\ne: 1e3\nf: ~\n")
    assert isinstance(node.content, dict)
    assert [(entry.content, entry.line) for entry in node.content.values()] == [
        ("2024-01-15", 1),
        ("12:30", 2),
        ("yes", 3),
        ("0x10", 4),
        ("1e3", 5),
        ("~", 6),
    ]
