"""Compute amounts that follow from the state, such as `payoff of loan 1`; each is an answer of the views."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from lien.protocol import views
from lien.protocol.arithmetic import multiply_divide_down, multiply_divide_up, quotient_up
from lien.protocol.calendar import day_of, due_day
from lien.protocol.health import collateral_value
from lien.protocol.state import Loan, State
from lien.scenario.names import Names
from lien.scenario.nodes import Node
from lien.scenario.numbers import AN_AMOUNT, read_ratio
from lien.spec.abi import quantity_of
from lien.spec.types import ACCRUING, Account, Asset, LoanStatus
from lien.spec.units import PRICE_SCALE, UNIT, WAD

LAST = "last"
SHARE = re.compile(r"([0-9.,]+ ?%) of (.+)")


@dataclass(frozen=True, slots=True)
class Scene:
    """Hold what an argument may speak of: names, the state that the call meets, its time and number."""

    names: Names
    state: State
    now: int
    number: int


def instalment(scene: Scene, words: dict[str, int]) -> int:
    """Return what meets all that is due, and the current instalment."""
    return views.instalment_on(scene.state, words["loan"], day_of(scene.now))


def due(scene: Scene, words: dict[str, int]) -> int:
    """Return what meets all that is due up to today; nothing before the next due day, nor from default on."""
    day = day_of(scene.now)
    loan = views.loan_on(scene.state, words["loan"], day)
    if loan.status not in ACCRUING:
        return 0
    is_due = loan.status == LoanStatus.OVERDUE or day >= due_day(loan.terms, loan.period)
    return views.instalment_on(scene.state, words["loan"], day) if is_due else 0


def arrears(scene: Scene, words: dict[str, int]) -> int:
    """Return what is overdue, without fees and default interest."""
    loan = views.loan_on(scene.state, words["loan"], day_of(scene.now))
    return quotient_up(loan.overdue_interest, UNIT) + loan.overdue_principal


def payoff(scene: Scene, words: dict[str, int]) -> int:
    """Return what settles a loan today."""
    return views.payoff_on(scene.state, words["loan"], day_of(scene.now))


def principal(scene: Scene, words: dict[str, int]) -> int:
    """Return the principal outstanding."""
    return scene.state.loans.get(words["loan"]).principal


def margin_top_up(scene: Scene, words: dict[str, int]) -> int:
    """Return the collateral that cures an open margin call."""
    return views.loan_on(scene.state, words["loan"], day_of(scene.now)).margin_top_up


def price_of(scene: Scene, loan: Loan) -> int:
    """Return the usable price of a loan's collateral, zero where there is none."""
    asset = scene.state.facilities.get(loan.facility).asset
    return views.price_at(scene.state, loan.terms.collateral_asset, asset, scene.now)


def value(scene: Scene, words: dict[str, int]) -> int:
    """Return what the collateral of a loan is worth at the usable price, rounded down."""
    loan = scene.state.loans.get(words["loan"])
    return collateral_value(price_of(scene, loan), loan.collateral)


def fair_collateral(scene: Scene, words: dict[str, int]) -> int:
    """Return the least collateral that is worth the payoff of a loan at the usable price, or all there is."""
    loan = scene.state.loans.get(words["loan"])
    price, owed = price_of(scene, loan), payoff(scene, words)
    return min(multiply_divide_up(owed, PRICE_SCALE, price), loan.collateral) if price else loan.collateral


def balance(scene: Scene, words: dict[str, int]) -> int:
    """Return what an account holds of an asset."""
    return scene.state.ledger.balances.get((words["asset"], words["account"]))


def shares(scene: Scene, words: dict[str, int]) -> int:
    """Return the shares that an account has in a facility."""
    return scene.state.shares.get((words["facility"], words["account"]))


def redeemable(scene: Scene, words: dict[str, int]) -> int:
    """Return the most shares that an account can redeem today."""
    return views.redeemable_shares(scene.state, words["facility"], words["account"], day_of(scene.now))


# A capital word stands for a number, a name or a symbol.
FORMULAS: dict[str, Callable[[Scene, dict[str, int]], int]] = {
    "next instalment of loan LOAN": instalment,
    "due of loan LOAN": due,
    "arrears of loan LOAN": arrears,
    "payoff of loan LOAN": payoff,
    "principal of loan LOAN": principal,
    "margin top-up of loan LOAN": margin_top_up,
    "collateral value of loan LOAN": value,
    "fair collateral of loan LOAN": fair_collateral,
    "balance of ACCOUNT in ASSET": balance,
    "shares of ACCOUNT in facility FACILITY": shares,
    "redeemable shares of ACCOUNT in facility FACILITY": redeemable,
}
SLOT = re.compile("LOAN|FACILITY|ACCOUNT|ASSET")
PATTERNS = {
    formula: re.compile(SLOT.sub(lambda slot: f"(?P<{slot[0].lower()}>[A-Za-z0-9_]+)", formula))
    for formula in FORMULAS
}


def compute(node: Node, scene: Scene) -> int | None:
    """Return the amount that a text asks for, or a share of it, rounded down; none where it asks for none."""
    text = node.text(AN_AMOUNT)
    share = SHARE.fullmatch(text)
    if share:
        ratio = read_ratio(Node(share[1], node.line, node.field))
        whole = compute(Node(share[2], node.line, node.field), scene)
        return None if whole is None else multiply_divide_down(whole, ratio, WAD)
    for formula, pattern in PATTERNS.items():
        found = pattern.fullmatch(text)
        if found:
            words = {slot: meant(node, scene, slot, word) for slot, word in found.groupdict().items()}
            return FORMULAS[formula](scene, words)
    return None


def meant(node: Node, scene: Scene, slot: str, word: str) -> int:
    """Return the loan, facility, account or asset that a word of a formula means."""
    if slot in {"account", "asset"}:
        quantity = quantity_of(Account if slot == "account" else Asset)
        assert quantity is not None
        return scene.names.read(Node(word, node.line, node.field), quantity)
    count: int = getattr(scene.state, f"{slot}_count")
    number = count if word == LAST else int(word) if word.isdecimal() and len(word) < len(str(2**32)) else 0
    if not 1 <= number <= count:
        there = f"a {slot} from 1 to {count}" if count else f"a {slot}, of which there is none yet"
        raise node.wrong(there)
    return number
