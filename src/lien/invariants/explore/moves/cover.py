"""Propose what a servicer does with first-loss cover, and the end of a facility."""

from lien.invariants.explore.moves.numbers import around, mostly, once_in, up_to, wild
from lien.invariants.explore.moves.proposal import Outlook, Proposal
from lien.invariants.explore.moves.scene import Scene
from lien.protocol.state import Facility
from lien.spec.call import Call
from lien.spec.facility import AnnounceCoverWithdrawal, DepositCover, WindDown, WithdrawCover
from lien.spec.types import Amount
from lien.spec.units import COVER_NOTICE_DAYS, COVER_WINDOW_DAYS, MAXIMUM_AMOUNT


def choose_facility(scene: Scene, fitting: list[int]) -> tuple[int, Facility | None, int]:
    """Return a facility's number, its record if there is one, and mostly its servicer."""
    number = scene.facility()
    if fitting and not once_in(scene.dice, 6):
        number = scene.dice.choice(fitting)
    facilities = scene.state.facilities
    if not facilities.contains(number):
        return number, None, scene.anyone()
    facility = facilities.get(number)
    return number, facility, mostly(scene.dice, facility.servicer, scene.anyone())


def propose_wind_down(scene: Scene) -> tuple[Call, int]:
    """Propose that a facility winds down, mostly one that does not yet."""
    known = scene.state.facilities.items()
    number, _, sender = choose_facility(scene, [key for key, known in known if not known.is_winding_down])
    return WindDown(facility=number), sender


def propose_deposit_cover(scene: Scene) -> tuple[Call, int]:
    """Propose to put cover in, of any size."""
    number, facility, sender = choose_facility(scene, [])
    balance = scene.balance(facility.asset, sender) if facility else 0
    amount = mostly(scene.dice, up_to(scene.dice, balance), 0, 1, min(balance + 1, MAXIMUM_AMOUNT))
    return DepositCover(facility=number, amount=amount), sender


def with_cover(scene: Scene) -> list[int]:
    """Return the numbers of the facilities that have cover."""
    return [number for number, facility in scene.state.facilities.items() if facility.cover]


def propose_announce_cover_withdrawal(scene: Scene) -> tuple[Call, int]:
    """Propose a notice for all cover there is, for more, or for none."""
    number, facility, sender = choose_facility(scene, with_cover(scene))
    cover = facility.cover if facility else 0
    amount = mostly(scene.dice, cover, 0, min(2 * cover, MAXIMUM_AMOUNT), wild(scene.dice, Amount))
    return AnnounceCoverWithdrawal(facility=number, amount=amount), sender


def propose_withdraw_cover(scene: Scene) -> tuple[Call, int]:
    """Propose to take out what was announced, or nearly that, mostly where the notice has ended."""
    announced = [key for key, known in scene.state.facilities.items() if known.cover_notice_amount]
    number, facility, sender = choose_facility(scene, ready(scene) or announced)
    most = facility.cover_notice_amount if facility else 0
    amount = mostly(scene.dice, up_to(scene.dice, most), 0, min(around(scene.dice, most), MAXIMUM_AMOUNT))
    return WithdrawCover(facility=number, amount=amount), sender


def ready(scene: Scene) -> list[int]:
    """Return the numbers of the facilities whose announced cover can be withdrawn today."""
    return [
        number
        for number, facility in scene.state.facilities.items()
        if facility.cover_notice_amount
        and 0 <= scene.today - facility.cover_notice_day - COVER_NOTICE_DAYS < COVER_WINDOW_DAYS
    ]


def weigh_withdraw_cover(outlook: Outlook) -> int:
    """Propose a withdrawal where a notice has ended."""
    return 20 if ready(outlook.scene) else 1


PROPOSALS: dict[str, Proposal] = {
    "wind_down": Proposal(propose_wind_down, lambda _: 1),
    "deposit_cover": Proposal(propose_deposit_cover, lambda outlook: 2 if with_cover(outlook.scene) else 4),
    "announce_cover_withdrawal": Proposal(
        propose_announce_cover_withdrawal,
        lambda outlook: 3 if with_cover(outlook.scene) and not ready(outlook.scene) else 1,
    ),
    "withdraw_cover": Proposal(propose_withdraw_cover, weigh_withdraw_cover),
}
