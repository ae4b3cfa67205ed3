"""Read the genesis document of a scenario: the usual one, with changes, or one in full."""

import re
from collections.abc import Callable
from inspect import Parameter, signature
from typing import Any, get_args, get_origin

from pydantic import ValidationError

from lien.protocol.genesis import build_genesis
from lien.scenario.fault import Wrong
from lien.scenario.names import Names
from lien.scenario.nodes import Node, inside
from lien.scenario.numbers import in_range, read_amount, read_whole
from lien.scenario.values import read_product
from lien.spec.abi import quantity_of
from lien.spec.genesis import Genesis
from lien.spec.types import Amount

DEFAULTS = "defaults"
FORMS = "the word defaults, changes to the defaults, or a genesis document"
A_NAME = "a name of small letters, digits and underscores, which a letter begins, of at most 32"
IS_NAME = re.compile("[a-z][a-z0-9_]{0,31}")
USUAL_DECIMALS, MOST_DECIMALS = 18, 36
SAID = {  # in our words, by the kind of a fault
    "dict_type": "entries by name",
    "greater_than_equal": "a number of at least {ge}",
    "less_than_equal": "a number of at most {le}",
    "model_type": "entries by name",
    "string_pattern_mismatch": "a name that matches {pattern}",
    "too_long": "at most {max_length} of them",
    "tuple_type": "a list",
}
CHANGES = signature(build_genesis).parameters


def read_genesis(node: Node | None) -> Genesis:
    """Return the genesis document that a scenario names; the usual one where it names none."""
    if node is None or node.content == DEFAULTS:
        return build_genesis()
    if isinstance(node.content, str):
        raise node.wrong(FORMS)
    if DEFAULTS in node.entries(FORMS):
        return changed_genesis(node.only(FORMS, (DEFAULTS,), "no other field beside")[DEFAULTS])
    return whole_genesis(node)


# --- the usual document, with changes ---------------------------------------------------------------


def changed_genesis(node: Node) -> Genesis:
    """Return the usual document with what a scenario changes."""
    entries = node.only("named changes", tuple(CHANGES), "a change to the defaults")
    changes = {name: read_change(entry, CHANGES[name]) for name, entry in entries.items()}
    return checked(node, lambda: build_genesis(**changes))


def read_change(node: Node, parameter: Parameter) -> Any:
    """Return a change by the annotation of the builder's parameter: a number, names, or names by symbol."""
    kinds = [get_origin(part) or part for part in (parameter.annotation, *get_args(parameter.annotation))]
    if dict in kinds:
        return {key: texts(entry) for key, entry in node.entries("names by asset").items()}
    if tuple in kinds:
        return texts(node)
    quantity = quantity_of(Amount)
    assert quantity is not None
    return in_range(node, read_amount(node, Names.of(build_genesis()).decimals), quantity)


def texts(node: Node) -> tuple[str, ...]:
    """Return a list of names of actors."""
    found: list[str] = []
    for item in node.items("a list of names"):
        found.append(item.text(A_NAME))
        if not IS_NAME.fullmatch(found[-1]):
            raise item.wrong(A_NAME)
    return tuple(found)


# --- a document in full -----------------------------------------------------------------------------


def whole_genesis(node: Node) -> Genesis:
    """Return a document that is written in full."""
    content: Any = plain(node)
    names = names_of(node)
    for place, asset in enumerate(list_at(node, "assets")):
        balances = asset.entries("the fields of an asset").get("balances")
        if balances is not None and isinstance(balances.content, dict):
            for holder, entry in balances.content.items():
                content["assets"][place]["balances"][holder] = read_amount(entry, names.decimals)
    for place, product in enumerate(list_at(node, "products")):
        content["products"][place] = read_product(product, names)
    return checked(node, lambda: Genesis.model_validate(content))


def plain(node: Node) -> Any:
    """Return a node as plain Python."""
    if isinstance(node.content, str):
        return node.content
    if isinstance(node.content, list):
        return [plain(item) for item in node.content]
    return {name: plain(entry) for name, entry in node.content.items()}


def list_at(node: Node, name: str) -> list[Node]:
    """Return the items of a list, none where it is no list: then the document's own check says so."""
    found = node.entries(FORMS).get(name)
    return found.content if found is not None and isinstance(found.content, list) else []


def names_of(node: Node) -> Names:
    """Return the assets of a document by symbol; its own check speaks of what has no right form."""
    names = Names()
    for asset in list_at(node, "assets"):
        entries = asset.entries("the fields of an asset")
        symbol = entries["symbol"].text("a symbol") if "symbol" in entries else ""
        places = read_whole(entries["decimals"]) if "decimals" in entries else USUAL_DECIMALS
        if not 0 <= places <= MOST_DECIMALS:
            raise entries["decimals"].wrong(f"a number from 0 to {MOST_DECIMALS}")
        names.decimals[symbol] = places
        address = entries["address"].content if "address" in entries else ""
        if isinstance(address, str) and re.fullmatch("0x[0-9a-fA-F]{40}", address):
            names.assets[symbol] = int(address, 16)
    return names


def checked(node: Node, make: Callable[[], Genesis]) -> Genesis:
    """Return a document, or say which of its fields is wrong, and where."""
    try:
        return make()
    except ValidationError as error:
        raise located(node, error) from None


def located(node: Node, error: ValidationError) -> Wrong:
    """Return the first fault of a document with its line."""
    fault = error.errors()[0]
    field = node.field
    for part in fault["loc"]:
        content = node.content
        field = f"{field}[{part + 1}]" if isinstance(part, int) else inside(field, part)
        if isinstance(content, list) and isinstance(part, int) and part < len(content):
            node = content[part]
        elif isinstance(content, dict) and part in content:
            node = content[str(part)]
    kind, said = fault["type"], fault["msg"].removeprefix("Value error, ")
    if kind == "missing":
        return Wrong(node.line, field, "nothing", "this field")
    if kind == "extra_forbidden":
        return Wrong(node.line, field, "an unknown field", "a field of the genesis document")
    if kind == "value_error" and isinstance(node.content, (dict, list)):
        return Wrong(node.line, field, f"entries in which {said}", "entries that fit together")
    form = SAID.get(kind, said).format(**fault.get("ctx", {}))
    return Wrong(
        node.line, field, node.shown(), form.removeprefix("must be ").removeprefix("Input should be ")
    )
