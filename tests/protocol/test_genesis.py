"""The first state follows from the document alone; builders spare its long form."""

from dataclasses import fields

import pytest
from pydantic import ValidationError

from lien.invariants.explore.check import state_violations
from lien.protocol.genesis import ACTORS, DOLLAR, ETHER, PROTOCOL, begin, build_genesis
from lien.protocol.maps import Figures, Records
from lien.protocol.state import Ledger, Settings, State
from lien.spec.genesis import AssetGenesis, Genesis, account_of
from lien.spec.units import MAXIMUM_AMOUNT

HOLDERS = [name for name in ACTORS if name != "treasury"]


def test_the_first_state_holds_what_the_document_issues() -> None:
    """Given two assets and a payee whom one refuses / When life begins / Then all other maps are empty."""
    state = begin(build_genesis(dollars=5, ether=7, refuses={"dETH": ("lender",)}))
    listed = supply = balances = Figures()
    for asset, amount in ((DOLLAR, 5), (ETHER, 7)):
        listed, supply = listed.set(asset, 1), supply.set(asset, amount * len(HOLDERS))
        for name in HOLDERS:
            balances = balances.set((asset, account_of(name)), amount)
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
    )
    assert state_violations(state) == []
    empty = [item.name for item in fields(State) if getattr(state, item.name) in (Figures(), Records())]
    assert empty == ["facilities", "shares", "deposit_days", "loans", "nonces", "references"]


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
