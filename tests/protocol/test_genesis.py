"""The first state follows from the document alone; builders spare its long form."""

from dataclasses import fields, replace
from typing import Any

import pytest
from pydantic import ValidationError

from lien.invariants.explore.check import state_violations
from lien.protocol.builders import percent
from lien.protocol.genesis import (
    ACTORS,
    ATTESTOR,
    COUNCIL,
    DOLLAR,
    ETHER,
    FEEDERS,
    GERMANY,
    GUARDIAN,
    PROTOCOL,
    REVIEWERS,
    SWITZERLAND,
    begin,
    build_genesis,
    build_product,
)
from lien.protocol.maps import Figures, Records
from lien.protocol.state import Ledger, Settings, State, keyed_of
from lien.spec.genesis import AssetGenesis, Council, Genesis, Offices, account_of
from lien.spec.product import Product
from lien.spec.types import Role
from lien.spec.units import MAXIMUM_AMOUNT, MAXIMUM_COUNCIL, MAXIMUM_DAY, MAXIMUM_QUORUM

HOLDERS = [name for name in ACTORS if name != "treasury"]


def test_the_first_state_holds_what_the_document_issues() -> None:
    """Given two assets and a payee whom one refuses / When life begins / Then all other maps are empty."""
    state = begin(build_genesis(dollars=5, ether=7, refuses={"dETH": ("lender",)}))
    listed = supply = balances = Figures()
    for asset, amount in ((DOLLAR, 5), (ETHER, 7)):
        listed, supply = listed.set(asset, 1), supply.set(asset, amount * len(HOLDERS))
        for name in HOLDERS:
            balances = balances.set((asset, account_of(name)), amount)
    council = roles = feeders = Figures()
    for name in COUNCIL:
        council = council.set(account_of(name), 1)
    for role, names in ((0, (GUARDIAN,)), (1, (ATTESTOR,)), (2, REVIEWERS)):
        for name in names:
            roles = roles.set((Role(role), account_of(name)), 1)
    for seat, name in enumerate(FEEDERS, 1):
        feeders = feeders.set(seat, account_of(name))
    assert state == State(
        settings=Settings(1, PROTOCOL, account_of("treasury")),
        timestamp=0,
        ledger=Ledger(
            protocol=PROTOCOL,
            listed=listed,
            supply=supply,
            balances=balances,
            refusals=Figures().set((ETHER, account_of("lender")), 1),
            holdings=Figures(),
            claims=Figures(),
        ),
        council=council,
        council_size=3,
        council_threshold=2,
        roles=roles,
        feeders=feeders,
        jurisdictions=Figures().set(SWITZERLAND, 1).set(GERMANY, 1),
        product_count=2,
        products=Records[Product]().set(1, build_product(DOLLAR)).set(2, build_product(ETHER)),
    )
    assert state_violations(state) == []
    filled = {"council", "roles", "feeders", "jurisdictions", "products"}
    empty = {item.name for item in fields(State) if getattr(state, item.name) in (Figures(), Records())}
    assert empty == {item.name for item in fields(State) if keyed_of(item.type) is not None} - filled


def test_without_a_council_nobody_decides() -> None:
    """Given a document that names no council / When life begins / Then it has no member and no threshold."""
    state = begin(build_genesis().model_copy(update={"council": None}))
    assert (state.council, state.council_size, state.council_threshold) == (Figures(), 0, 0)


def test_the_usual_assets_and_product_are_these() -> None:
    """Given no wishes / When a document is built / Then its tokens and products have the usual figures."""
    assert [(asset.symbol, asset.decimals) for asset in build_genesis().assets] == [("dUSD", 6), ("dETH", 18)]
    assert build_product(DOLLAR) == Product(
        asset=DOLLAR,
        is_open=1,
        minimum_principal=1,
        maximum_principal=MAXIMUM_AMOUNT,
        maximum_days=MAXIMUM_DAY,
        minimum_tier=0,
        allows_unsecured=1,
        quorum=2,
        impairment_ratio=percent(50),
        least_scores=(750, 600, 450, 300),
        rates=(percent(8), percent(10), percent(12), percent(15)),
        origination_limits=(percent(70), percent(60), percent(50), percent(40)),
    )


def test_a_document_survives_its_json() -> None:
    """Given a document / When it is written and read / Then it is the same."""
    genesis = build_genesis(refuses={"dUSD": ("treasury",)})
    assert Genesis.model_validate_json(genesis.model_dump_json()) == genesis
    assert genesis.asset("dETH") == ETHER


def test_the_greatest_supply_is_allowed_and_one_more_is_not() -> None:
    """Given balances that add up to the maximum / When there is one unit more
    / Then the document is refused.
    """
    balances = {"lender": MAXIMUM_AMOUNT - 1, "borrower": 1}
    AssetGenesis(symbol="dUSD", address=DOLLAR, balances=balances)
    with pytest.raises(ValidationError, match="add up to more than the maximum"):
        AssetGenesis(symbol="dUSD", address=DOLLAR, balances=balances | {"stranger": 1})


@pytest.mark.parametrize("chain", [0, 1, 11_155_111, 2**32, 2**64 - 1])
def test_a_chain_is_known_by_its_number(chain: int) -> None:
    """Given the number of a chain, however great / When life begins / Then the settings have it."""
    genesis = Genesis.model_validate(build_genesis().model_dump() | {"chain_id": chain})
    assert begin(genesis).settings.chain_id == chain
    assert Genesis.model_validate_json(genesis.model_dump_json()) == genesis
    assert state_violations(begin(genesis)) == []


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"treasury": "nobody"}, "nobody is not among the actors"),
        ({"actors": ("treasury", "treasury")}, "the actor treasury is named twice"),
        ({"actors": ("treasury",)}, "lender is not among the actors treasury"),
        ({"protocol": account_of("lender")}, "the protocol's account is that of an actor"),
        ({"chain_id": 2**64}, f"less than or equal to {2**64 - 1}"),
        ({"chain_id": -1}, "greater than or equal to 0"),
        ({"protocol": 0}, "greater than or equal to 1"),
        ({"actors": ("Treasury",)}, "should match pattern"),
        ({"owner": "lender"}, "Extra inputs are not permitted"),
    ],
)
def test_a_fault_in_a_document_is_named(changes: dict[str, object], message: str) -> None:
    """Given a document with a fault / When it is read / Then it is refused, and the fault is named."""
    asset = {"symbol": "dUSD", "address": DOLLAR, "balances": {"lender": 1}}
    whole = {
        "protocol": PROTOCOL,
        "treasury": "treasury",
        "actors": ("treasury", "lender"),
        "assets": (asset,),
    }
    Genesis.model_validate(whole)
    with pytest.raises(ValidationError, match=message):
        Genesis.model_validate(whole | changes)


@pytest.mark.parametrize(("symbol", "address"), [("dUSD", ETHER), ("dETH", DOLLAR)])
def test_assets_are_apart(symbol: str, address: int) -> None:
    """Given an asset / When another has its symbol or its address / Then the document is refused."""
    assets = (
        AssetGenesis(symbol="dUSD", address=DOLLAR),
        AssetGenesis(symbol=symbol, address=address),
    )
    with pytest.raises(ValidationError, match="is named twice"):
        Genesis(protocol=PROTOCOL, treasury="treasury", actors=("treasury",), assets=assets)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"asset": 5}, "the asset is not among the assets in product 2"),
        ({"minimum_principal": 0}, "the minimum principal is zero in product 2"),
        ({"minimum_principal": 2, "maximum_principal": 1}, "the minimum principal is above the maximum"),
        ({"quorum": 0}, f"the quorum is not from 1 to {MAXIMUM_QUORUM} in product 2"),
        ({"quorum": MAXIMUM_QUORUM + 1}, f"the quorum is not from 1 to {MAXIMUM_QUORUM} in product 2"),
        ({"least_scores": (3, 2, 2, 1)}, "the least scores do not fall from grade to grade in product 2"),
    ],
)
def test_an_unsound_product_is_named(changes: dict[str, Any], message: str) -> None:
    """Given a product with a fault / When the document is read / Then it is refused, and why is said."""
    genesis = build_genesis()
    faulty = (genesis.products[0], replace(genesis.products[1], **changes))
    with pytest.raises(ValidationError, match=message):
        Genesis.model_validate(genesis.model_dump() | {"products": faulty})


def test_a_council_is_of_distinct_members_up_to_its_maximum() -> None:
    """Given members / When one is named twice, there are too many, or the threshold is out of reach
    / Then the document is refused.
    """
    members = tuple(f"member_{number}" for number in range(MAXIMUM_COUNCIL + 1))
    Council(members=members[1:], threshold=MAXIMUM_COUNCIL)
    for faulty, threshold, message in (
        (members, 1, f"at most {MAXIMUM_COUNCIL} items"),
        (("first", "first"), 1, "the member first is named twice"),
        (("first", "second"), 3, "the threshold is 3, of 2 members"),
        (("first",), 0, "greater than or equal to 1"),
    ):
        with pytest.raises(ValidationError, match=message):
            Council(members=faulty, threshold=threshold)


def test_a_feeder_has_one_seat() -> None:
    """Given a feeder / When it is named for two seats / Then the document is refused."""
    with pytest.raises(ValidationError, match="the feeder first has two seats"):
        Offices(feeders=("first", "second", "first"))
