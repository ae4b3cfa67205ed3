"""Propose applications, votes on them, withdrawals, and the booking of those that have expired."""

from random import Random

from lien.invariants.explore.maps import entries_of
from lien.invariants.explore.moves.facility import known_facility
from lien.invariants.explore.moves.numbers import around, mostly, once_in, up_to, wild
from lien.invariants.explore.moves.oracle import USUAL
from lien.invariants.explore.moves.proposal import Outlook, Proposal
from lien.invariants.explore.moves.scene import Scene, known_price, named_account
from lien.invariants.explore.remembered import remembered
from lien.protocol.applications import is_expired, is_open
from lien.protocol.arithmetic import quotient_up
from lien.protocol.eligibility import has_identity, is_eligible
from lien.protocol.genesis import ACTORS, REVIEWERS
from lien.protocol.state import Application, State
from lien.protocol.valuation import net_assets
from lien.spec.application import Apply, Expire, Review, WithdrawApplication
from lien.spec.call import Call
from lien.spec.types import ApplicationStatus, Commitment, Count, ProductId, Reference
from lien.spec.units import MAXIMUM_AMOUNT, MAXIMUM_PERIODS, PRICE_SCALE, RATING_MAXIMUM

OPEN_APPLICATIONS = 3  # from which on new ones are rare
PEOPLE = (*ACTORS, *REVIEWERS)


@remembered
def eligible_accounts(state: State, now: int) -> list[int]:
    """Return the accounts that may draw now."""
    known = [account for account in map(named_account, PEOPLE) if has_identity(state, account)]
    return [account for account in known if is_eligible(state, account, now)]


def propose_apply(scene: Scene) -> tuple[Call, int]:
    """Propose an application, mostly one that passes the screening, often just so or just not."""
    dice, number = scene.dice, lending_facility(scene)
    facility = known_facility(scene, number)
    products = list(scene.state.products.items())
    fitting = [
        key for key, product in products if facility and product.is_open and product.asset == facility.asset
    ]
    any_product = dice.choice([key for key, _ in products] + [wild(dice, ProductId)])
    product = mostly(dice, dice.choice(fitting or [any_product]), any_product)
    assets = max(net_assets(facility, scene.today), 1) if facility else 1
    most = min(assets, facility.cash) if facility else 1
    usual = min(around(dice, assets) if once_in(dice, 6) else up_to(dice, max(most, 1)), MAXIMUM_AMOUNT)
    servicer = facility.servicer if facility else 0
    eligible = [account for account in eligible_accounts(scene.state, scene.now) if account != servicer]
    owners: list[int] = [key[0] for key, _ in entries_of(scene.state, "identity_of")]
    sender = dice.choice([*owners, scene.anyone()] if not eligible or once_in(dice, 4) else eligible)
    secured_by = scene.asset()
    enough = choose_collateral(scene, secured_by, facility.asset if facility else 0, usual)
    call = Apply(
        facility=number,
        product=product,
        amount=dice.choice((0, MAXIMUM_AMOUNT)) if once_in(dice, 12) else usual,
        periods=choose_periods(dice),
        purpose=wild(dice, Reference),
        collateral_asset=secured_by,
        collateral_amount=enough if enough <= scene.balance(secured_by, sender) else 0,
        document=wild(dice, Commitment),
    )
    return call, sender


def lending_facility(scene: Scene) -> int:
    """Return a facility that has cash to lend, rarely any other."""
    facilities = scene.state.facilities.items()
    lending = [number for number, item in facilities if item.cash and not item.is_winding_down]
    return scene.dice.choice(lending) if lending and not once_in(scene.dice, 8) else scene.facility()


def choose_periods(dice: Random) -> int:
    """Return a number of periods, rarely a great one or one out of range."""
    if once_in(dice, 10):
        return dice.choice((MAXIMUM_PERIODS, wild(dice, Count)))
    return dice.choice((1, 1, 2, 3, 4, 6, 12))


def choose_collateral(scene: Scene, secured_by: int, asset: int, amount: int) -> int:
    """Return no collateral, or about what an amount needs at the price of now, or at the usual price."""
    dice = scene.dice
    price = known_price(scene.state, secured_by, asset, scene.now) or USUAL.get((secured_by, asset), 1)
    needed = quotient_up(dice.choice((2, 3, 4, 8)) * amount * PRICE_SCALE, price)
    return min(mostly(dice, needed, 0, around(dice, needed)), MAXIMUM_AMOUNT)


def known_application(scene: Scene, number: int) -> Application | None:
    """Return the application of a number, if there is one."""
    applications = scene.state.applications
    return applications.get(number) if applications.contains(number) else None


def choose_application(scene: Scene, *, is_current: bool, undecided: bool = False) -> int:
    """Return an open application that has or has not expired, rarely any other or none."""
    dice, count = scene.dice, scene.state.application_count
    fitting = [
        number
        for number, item in scene.state.applications.items()
        if is_open(item)
        and is_expired(item, scene.now) is not is_current
        and (item.status == ApplicationStatus.APPLIED or not undecided)
    ]
    if fitting and not once_in(dice, 6):
        return dice.choice(fitting)
    return dice.choice((0, dice.randint(0, count), count, count + 1))


def propose_withdraw_application(scene: Scene) -> tuple[Call, int]:
    """Propose a withdrawal, mostly by the applicant."""
    number = choose_application(scene, is_current=True)
    application = known_application(scene, number)
    is_usual = application is not None and not once_in(scene.dice, 6)
    sender = application.applicant if application is not None and is_usual else scene.anyone()
    return WithdrawApplication(application=number), sender


def propose_review(scene: Scene) -> tuple[Call, int]:
    """Propose a vote, mostly by a reviewer who has not voted yet."""
    dice, number = scene.dice, choose_application(scene, is_current=True, undecided=True)
    reviewers = [named_account(name) for name in REVIEWERS]
    fresh = [account for account in reviewers if not scene.state.votes.get((number, account))]
    reviewer = dice.choice(reviewers if not fresh or once_in(dice, 8) else fresh)
    rating = mostly(dice, dice.randint(40, RATING_MAXIMUM), 1, RATING_MAXIMUM, 0, RATING_MAXIMUM + 1)
    call = Review(application=number, approves=mostly(dice, 1, 0), rating=rating)
    return call, scene.anyone() if once_in(dice, 20) else reviewer


def propose_expire(scene: Scene) -> tuple[Call, int]:
    """Propose to book an application that has expired, rarely one that has not."""
    return Expire(application=choose_application(scene, is_current=False)), scene.anyone()


def weigh_apply(outlook: Outlook) -> int:
    """Propose applications while someone may draw, a facility has something, and few are open."""
    is_busy = len(outlook.open_applications) >= OPEN_APPLICATIONS
    can = outlook.has_idle_cash and eligible_accounts(outlook.scene.state, outlook.scene.now)
    return 40 if can and not is_busy else 1


def weigh_review(outlook: Outlook) -> int:
    """Propose votes while an application is under review."""
    waiting = any(item.status == ApplicationStatus.APPLIED for item in outlook.open_applications)
    return 50 if waiting else 1


PROPOSALS: dict[str, Proposal] = {
    "apply": Proposal(propose_apply, weigh_apply),
    "withdraw_application": Proposal(propose_withdraw_application, lambda _: 1),
    "review": Proposal(propose_review, weigh_review),
    "expire": Proposal(propose_expire, lambda outlook: 10 if outlook.expired_applications else 1),
}
