"""Choose actions for the council: mostly such as leave business going, some nearly valid, some hostile."""

from dataclasses import replace
from random import Random
from typing import Any

from lien.invariants.explore.maps import entries_of
from lien.invariants.explore.moves.numbers import mostly, once_in, up_to, wild
from lien.invariants.explore.moves.scene import Scene, named_account
from lien.protocol.builders import build_action
from lien.protocol.genesis import OFFICERS, build_product
from lien.spec.action import Action, ActionKind
from lien.spec.product import Product
from lien.spec.types import Asset, Number, Ratio, Role, Scope
from lien.spec.units import (
    FEED_SEATS,
    INTEREST_FEE_CAP,
    MAXIMUM_AMOUNT,
    MAXIMUM_JURISDICTION,
    MAXIMUM_QUORUM,
    ORIGINATION_FEE_CAP,
    WAD,
)


def choose_action(scene: Scene) -> Action:
    """Return an action of any kind."""
    kind = scene.dice.choice(list(ActionKind))
    action = build_action(
        kind,
        account=choose_officer(scene),
        role=scene.dice.choice(list(Role)),
        enabled=mostly(scene.dice, 1, 0),
        number=choose_number(scene, kind),
        threshold=mostly(scene.dice, scene.dice.choice((1, 2)), 0, scene.state.council_size + 1),
        product=choose_product(scene),
        **choose_figures(scene.dice),
    )
    if kind == ActionKind.SET_COUNCIL:
        return replace(action, enabled=scene.dice.choice((0, 1)))
    if kind == ActionKind.SET_FEEDER and once_in(scene.dice, 4):
        return replace(action, account=0)
    return action


def choose_officer(scene: Scene) -> int:
    """Return the account of an officer, a member or a feeder, rarely of anyone, the protocol or nobody."""
    dice, state = scene.dice, scene.state
    if once_in(dice, 8):
        return dice.choice((0, state.settings.protocol, scene.anyone()))
    members = [account for (account,), _ in entries_of(state, "council")]
    feeders = [account for _, account in entries_of(state, "feeders")]
    officer = named_account(dice.choice(OFFICERS))
    return dice.choice(
        (officer, officer, dice.choice(members or [officer]), dice.choice(feeders or [officer]))
    )


def choose_number(scene: Scene, kind: ActionKind) -> int:
    """Return a number that fits the kind, rarely one that does not."""
    dice, state = scene.dice, scene.state
    fitting = {
        ActionKind.SET_PRODUCT: (0, *range(1, state.product_count + 2)),
        ActionKind.SET_FEEDER: range(1, FEED_SEATS + 1),
        ActionKind.SET_FACILITY_POLICY: range(1, state.facility_count + 2),
        ActionKind.SET_JURISDICTION: (*(code for (code,), _ in entries_of(state, "jurisdictions")), 1, 999),
        ActionKind.RESUME: (Scope.GOVERNANCE, *paused_scopes(scene), *paused_scopes(scene)),
    }
    if once_in(dice, 6):
        return dice.choice((0, len(Scope), FEED_SEATS + 1, MAXIMUM_JURISDICTION + 1, wild(dice, Number)))
    return int(dice.choice(list(fitting.get(kind, (0,)))))


def paused_scopes(scene: Scene) -> list[int]:
    """Return the scopes that are paused."""
    return [scope for (scope,), until in entries_of(scene.state, "paused_until") if scene.now < until]


def choose_product(scene: Scene) -> Product:
    """Return a product, mostly a sound one without narrow limits."""
    dice = scene.dice
    changes: list[dict[str, Any]] = [
        {"is_open": 0},
        {"asset": wild(dice, Asset)},
        {"minimum_principal": 0},
        {"minimum_principal": 2, "maximum_principal": dice.choice((1, 2))},
        {"quorum": dice.choice((0, 1, MAXIMUM_QUORUM, MAXIMUM_QUORUM + 1))},
        {"least_scores": dice.choice(((3, 2, 1, 0), (3, 2, 1, 1), (1, 2, 3, 4)))},
        {"maximum_principal": up_to(dice, MAXIMUM_AMOUNT)},
    ]
    return replace(build_product(scene.asset()), **mostly(dice, {}, *changes))


def choose_figures(dice: Random) -> dict[str, int]:
    """Return policy figures and floors, mostly such as forbid little."""
    return {
        "deposit_cap": mostly(dice, MAXIMUM_AMOUNT, up_to(dice, MAXIMUM_AMOUNT)),
        "cover_ratio": mostly(dice, 0, WAD // 10, wild(dice, Ratio)),
        "concentration_limit": mostly(dice, WAD, wild(dice, Ratio)),
        "interest_fee_floor": mostly(dice, 0, WAD // 10, INTEREST_FEE_CAP, INTEREST_FEE_CAP + 1),
        "origination_fee_floor": mostly(dice, 0, WAD // 100, ORIGINATION_FEE_CAP, ORIGINATION_FEE_CAP + 1),
    }
