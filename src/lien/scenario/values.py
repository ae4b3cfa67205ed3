"""Read a value as people write it, by the annotation of its field."""

from collections.abc import Callable
from dataclasses import MISSING, fields, is_dataclass
from enum import IntEnum
from inspect import isclass
from typing import Any, get_args

from eth_utils.crypto import keccak

from lien.protocol.genesis import begin, build_genesis
from lien.scenario.fault import Wrong, one_of
from lien.scenario.formulas import FORMULAS, LAST, Scene, compute
from lien.scenario.names import Names
from lien.scenario.nodes import Node, inside
from lien.scenario.numbers import AN_AMOUNT, in_range, read_amount, read_price, read_ratio, read_whole
from lien.scenario.times import A_TIME, AFTER, read_day, read_time
from lien.scenario.usual import NOBODY, RECORDS, Missing, build, builder_of
from lien.spec.abi import quantity_of
from lien.spec.product import Product
from lien.spec.types import Quantity, one_each_of

HASH_DIGITS = 64
FLAGS = {"yes": 1, "true": 1, "1": 1, "no": 0, "false": 0, "0": 0}


def read(annotation: Any, node: Node, name: str, scene: Scene) -> Any:
    """Return a value of an annotation: a quantity, an enumeration, one entry for each member, or a record."""
    quantity = quantity_of(annotation)
    if quantity is not None:
        return in_range(node, read_quantity(quantity, node, name, scene), quantity)
    if isclass(annotation) and issubclass(annotation, IntEnum):
        return read_member(annotation, node)
    if isclass(annotation) and is_dataclass(annotation):
        return read_record(annotation, node, scene)
    one_each = one_each_of(annotation)
    if one_each is None:
        raise TypeError(f"{annotation!r} has no form in a scenario")
    members = tuple(member.name for member in one_each.index)
    expected = f"one entry for each of {', '.join(members)}"
    if isinstance(node.content, list):
        items = node.content
        if len(items) != len(members):
            raise node.wrong(expected, f"{len(items)} entries")
    else:
        by_name = {key.upper(): entry for key, entry in node.entries(expected).items()}
        if sorted(by_name) != sorted(members):
            raise node.wrong(expected, f"entries for {', '.join(by_name) or 'none'}")
        items = [by_name[member] for member in members]
    return tuple(read(one_each.entry, item, name, scene) for item in items)


def read_quantity(quantity: Quantity, node: Node, name: str, scene: Scene) -> int:
    """Return an integer, in the form in which people write what it is."""
    if quantity.digits == HASH_DIGITS:
        return read_reference(node)
    if quantity.digits:
        return 0 if node.content == NOBODY and quantity.minimum == 0 else scene.names.read(node, quantity)
    if quantity.abi == "bool":
        return read_flag(node)
    if quantity.names in FORMS:
        return FORMS[quantity.names](node, scene)
    return read_number(node, name, scene)


def read_sum(node: Node, scene: Scene) -> int:
    """Return an amount, as it is written or as the state has it; of other words, say which ones there are."""
    computed = compute(node, scene)
    if computed is not None:
        return computed
    if " of " in node.text(AN_AMOUNT):
        raise node.wrong(f"an amount, or one of: {'; '.join(FORMULAS)}")
    return read_amount(node, scene.names.decimals)


FORMS: dict[str, Callable[[Node, Scene], int]] = {  # by what a quantity is
    "amount": read_sum,
    "shares": read_sum,
    "ratio": lambda node, _: read_ratio(node),
    "price": lambda node, scene: read_price(node, scene.names.decimals),
    "time": lambda node, scene: read_time(node, scene.now, f"{A_TIME}, {AFTER}"),
    "day": lambda node, scene: read_day(node, scene.now),
}


def read_number(node: Node, name: str, scene: Scene) -> int:
    """Return a whole number; the last one, where the state counts what the field names."""
    count = getattr(scene.state, f"{name}_count", None)
    if count is not None and node.content == LAST:
        if count == 0:
            raise node.wrong(f"a number: there is no {name} yet")
        return int(count)
    return read_whole(node, "a whole number" if count is None else f"the number of a {name}, or {LAST}")


def read_reference(node: Node) -> int:
    """Return 32 bytes: written as 0x or as a whole number, or the hash of any other text."""
    text = node.text("a text, or 0x and 64 hexadecimal digits")
    if text.startswith("0x"):
        quantity = Quantity("bytes32", 0, 2**256 - 1, digits=HASH_DIGITS)
        try:
            found = quantity.parse(text)
        except ValueError:
            raise node.wrong("0x and 64 hexadecimal digits, or a text that does not begin with 0x") from None
        assert isinstance(found, int)
        return found
    return read_whole(node) if text.isascii() and text.isdigit() else hash_of(text)


def hash_of(text: str) -> int:
    """Return the keccak-256 hash of a text."""
    return int.from_bytes(keccak(text=text), "big")


def read_flag(node: Node) -> int:
    """Return yes or no."""
    text = node.text("yes or no").lower()
    if text not in FLAGS:
        raise node.wrong("yes or no")
    return FLAGS[text]


def read_member(kind: type[IntEnum], node: Node) -> IntEnum:
    """Return the member of an enumeration, by its name in small or capital letters."""
    members = {member.name.lower(): member for member in kind}
    expected = one_of("one of", "", tuple(members))
    text = node.text(expected)
    form = text.lower().replace(" ", "_").replace("-", "_")
    if form not in members:
        raise node.wrong(f"one of {', '.join(members)}")
    return members[form]


def read_record(kind: type, node: Node, scene: Scene) -> Any:
    """Return a record; what is left out is as usual, where the record has usual values."""
    types = {item.name: item for item in fields(kind)}
    entries = node.only(
        f"the fields of {kind.__name__.lower()}", tuple(types), f"a field of {kind.__name__.lower()}"
    )
    given = {name: read(types[name].type, entry, name, scene) for name, entry in entries.items()}
    try:
        if kind in RECORDS:
            return RECORDS[kind](given, scene.now, scene.names.assets)
        builder = builder_of(kind)
        if builder is not None:
            return build(kind, builder, given)
        for name, item in types.items():
            if name not in given and item.default is MISSING and item.default_factory is MISSING:
                raise Missing(name, f"the field {name} of {kind.__name__.lower()}")
        return kind(**given)
    except Missing as missing:
        raise Wrong(node.line, inside(node.field, missing.name), "nothing", missing.what) from None


def is_bytes(annotation: Any) -> bool:
    """Return whether an annotation is that of bytes."""
    return bytes in get_args(annotation)


def read_product(node: Node, names: Names) -> Product:
    """Return a product of a genesis document, before there is a state."""
    product = read_record(Product, node, Scene(names, begin(build_genesis()), 0, 0))
    assert isinstance(product, Product)
    return product
