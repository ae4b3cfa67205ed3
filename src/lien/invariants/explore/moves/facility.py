"""Propose facilities, deposits and redemptions."""

from lien.invariants.explore.maps import entries_of
from lien.invariants.explore.moves.numbers import around, mostly, once_in, up_to, wild, within
from lien.invariants.explore.moves.proposal import Outlook, Proposal
from lien.invariants.explore.moves.scene import Scene
from lien.protocol.book import is_current
from lien.protocol.state import Facility
from lien.protocol.valuation import amount_for, net_assets, shares_for
from lien.spec.call import Call
from lien.spec.facility import AdvanceBook, Deposit, OpenFacility, Redeem
from lien.spec.types import Amount, FacilityId, Ratio, Shares
from lien.spec.units import INTEREST_FEE_CAP, MAXIMUM_AMOUNT, WAD

FACILITIES = 4  # from which on new ones are rare


def propose_open_facility(scene: Scene) -> tuple[Call, int]:
    """Propose to open a facility."""
    dice = scene.dice
    usual = dice.choice((0, WAD // 10, WAD // 3, INTEREST_FEE_CAP))
    fee = mostly(dice, usual, 1, INTEREST_FEE_CAP + 1, wild(dice, Ratio))
    lender = mostly(dice, 0, scene.anyone())
    return OpenFacility(asset=scene.asset(), interest_fee=fee, lender=lender), scene.anyone()


def known_facility(scene: Scene, number: FacilityId) -> Facility | None:
    """Return the facility of a number, if there is one."""
    facilities = scene.state.facilities
    return facilities.get(number) if facilities.contains(number) else None


def propose_deposit(scene: Scene) -> tuple[Call, int]:
    """Propose a deposit, with the least number of shares that it buys, or one more, or none."""
    dice, number = scene.dice, scene.facility()
    facility = known_facility(scene, number)
    if facility is None:
        return Deposit(facility=number, amount=1, minimum_shares=0), scene.anyone()
    lender = mostly(dice, facility.lender or scene.holder(facility.asset), scene.holder(facility.asset))
    balance = scene.balance(facility.asset, lender)
    amount = mostly(dice, up_to(dice, balance), 0, 1, min(balance + 1, MAXIMUM_AMOUNT))
    bought = shares_for(facility, max(net_assets(facility, scene.today + 1), 0), amount)
    minimum = within(mostly(dice, 0, bought, bought + 1, wild(dice, Shares)), Shares)
    return Deposit(facility=number, amount=amount, minimum_shares=minimum), lender


def propose_redeem(scene: Scene) -> tuple[Call, int]:
    """Propose to redeem what the lender has, or nearly has, or what the idle cash is worth."""
    dice, lender, number = scene.dice, scene.anyone(), scene.facility()
    positions = [key for key, _ in entries_of(scene.state, "shares")]
    if positions and not once_in(dice, 8):
        number, lender = dice.choice(positions)
    facility, owned = known_facility(scene, number), scene.state.shares.get((number, lender))
    if facility is None:
        return Redeem(facility=number, shares=1, minimum_amount=0), lender
    assets = max(net_assets(facility, scene.today), 0)
    for_cash = around(dice, min(shares_for(facility, assets, facility.cash), owned))
    shares = mostly(dice, dice.choice((up_to(dice, owned), for_cash)), 0, 1, owned + 1, wild(dice, Shares))
    worth = amount_for(facility, assets, shares)
    minimum = mostly(dice, 0, min(worth, MAXIMUM_AMOUNT), min(worth + 1, MAXIMUM_AMOUNT), wild(dice, Amount))
    return Redeem(facility=number, shares=shares, minimum_amount=minimum), lender


def weigh_open_facility(outlook: Outlook) -> int:
    """Propose the first facility at once, and few more."""
    count = outlook.scene.state.facility_count
    return 100 if not count else 3 if count < FACILITIES else 1


def weigh_deposit(outlook: Outlook) -> int:
    """Propose a deposit where no facility has cash."""
    return 6 if outlook.has_idle_cash else 40 if outlook.scene.state.facility_count else 1


def facilities_behind(scene: Scene) -> list[int]:
    """Return the facilities whose book is not current."""
    facilities = scene.state.facilities.items()
    return [number for number, facility in facilities if not is_current(facility, scene.today)]


def propose_advance_book(scene: Scene) -> tuple[Call, int]:
    """Propose to move a book on, mostly one that is behind."""
    behind = facilities_behind(scene)
    usual = behind and not once_in(scene.dice, 8)
    number = scene.dice.choice(behind) if usual else scene.facility()
    return AdvanceBook(facility=number), scene.anyone()


PROPOSALS: dict[str, Proposal] = {
    "open_facility": Proposal(propose_open_facility, weigh_open_facility),
    "deposit": Proposal(propose_deposit, weigh_deposit),
    "advance_book": Proposal(
        propose_advance_book, lambda outlook: 20 if facilities_behind(outlook.scene) else 1
    ),
    "redeem": Proposal(propose_redeem, lambda outlook: 6 if any(outlook.scene.state.shares.items()) else 1),
}
