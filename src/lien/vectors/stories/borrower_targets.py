"""Say which calls are explored that prepare a loan: on identities, applications and prices."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from lien.protocol.genesis import DOLLAR, ETHER
from lien.spec.application import Expire, Review, WithdrawApplication
from lien.spec.call import Call
from lien.spec.genesis import account_of
from lien.spec.identity import Freeze, RevokeIdentity, Unfreeze
from lien.spec.oracle import PostPrice
from lien.spec.types import RepaymentKind
from lien.spec.units import APPLICATION_DAYS
from lien.vectors.search.target import Target
from lien.vectors.stories.after import after
from lien.vectors.stories.applications import PRICE, application_for, attestation
from lien.vectors.stories.doubts import SECOND_APPLICATION
from lien.vectors.stories.terms import START, WINDOW_START, terms_of
from lien.vectors.stories.tree import scenes
from lien.vectors.world import ATTESTOR, CLOSED, FEEDERS, OF_ANOTHER_ASSET, REVIEWER, UNLISTED

APPLICANTS = {
    "attested-borrower": "borrower",
    "funded": "borrower",
    "attested-servicer": "servicer",
    "lapsing-known": "borrower",
    "moved-known": "borrower",
    "untiered-known": "borrower",
    "frozen-known": "borrower",
    "paused-attested-borrower": "borrower",
    "active-balloon": "borrower",
}
DEFAULT_SEEN = SECOND_APPLICATION + 20
RATING = 60


def borrower_targets() -> Iterator[Target]:
    """Yield all of them."""
    yield from identity_targets()
    yield from apply_targets()
    yield from application_targets()
    yield from price_targets()


def paths(scene: str, call: Call, sender: str, *days: int, fixed: tuple[str, ...] = ()) -> Target:
    """Return a target whose paths are followed, with some arguments or the sender fixed."""
    target = after(scene, call, sender, *days, only_paths=True)
    return replace(target, fixed=frozenset(fixed))


def identity_targets() -> Iterator[Target]:
    """Yield the targets of identities; which record a call finds is fixed, since it cannot be a symbol."""
    commitment = ("commitment",)
    attest = attestation("borrower")
    for scene in ("funded", "attested-borrower", "revoked-known", "other-known"):
        target = paths(scene, attest, ATTESTOR, fixed=commitment)
        yield replace(target, only_paths=scene != "attested-borrower")
    nobody = attest.model_copy(update={"commitment": 0})
    yield replace(paths("funded", nobody, ATTESTOR, fixed=commitment), name="attest_identity/no-commitment")
    account, attestor = account_of("borrower"), account_of(ATTESTOR)
    own = attest.model_copy(update={"account": attestor})
    yield replace(paths("funded", own, ATTESTOR, fixed=("account", *commitment)), name="attest_identity/own")
    for scene in ("funded", "attested-borrower"):
        yield paths(scene, RevokeIdentity(account=account), ATTESTOR, fixed=("account",))
        yield paths(scene, Freeze(account=account), ATTESTOR)
    for kind in (RevokeIdentity, Freeze, Unfreeze):
        name = f"{kind.call_name()}/own"
        yield replace(paths("funded", kind(account=attestor), ATTESTOR, fixed=("account",)), name=name)
    for scene in ("frozen-strict", "unfrozen-strict"):
        yield paths(scene, Unfreeze(account=account), ATTESTOR)


def apply_targets() -> Iterator[Target]:
    """Yield the targets of applications, each by one sender, whose identity it reads."""
    terms, days = terms_of(RepaymentKind.ANNUITY), {"lapsing-known": (START, WINDOW_START)}
    days["active-balloon"] = (WINDOW_START + 1, DEFAULT_SEEN)
    for scene, sender in APPLICANTS.items():
        call = application_for(scenes()[scene].state, 1, terms)
        target = paths(scene, call, sender, *days.get(scene, ()), fixed=("sender",))
        yield replace(target, only_paths=scene != "attested-borrower")
    for name, product in (("asset", OF_ANOTHER_ASSET), ("closed", CLOSED)):
        call = application_for(scenes()["attested-borrower"].state, 1, terms)
        other = call.model_copy(update={"product": product})
        target = paths("attested-borrower", other, "borrower", fixed=("sender", "facility", "product"))
        yield replace(target, name=f"apply/product-{name}")


def application_targets() -> Iterator[Target]:
    """Yield the targets of what becomes of an application."""
    last = START + APPLICATION_DAYS
    for scene in ("applied-reviewer", "voted-votes"):
        vote = Review(application=1, approves=1, rating=RATING)
        yield paths(scene, vote, REVIEWER, START, last - 1, last)
    for scene in ("applied-monthly", "approved-monthly", "offered-bullet"):
        number = scenes()[scene].state.application_count
        for call, sender in (
            (WithdrawApplication(application=number), "borrower"),
            (Review(application=number, approves=1, rating=RATING), REVIEWER),
            (Expire(application=number), "stranger"),
        ):
            target = paths(scene, call, sender, START, last - 1, last)
            yield replace(target, only_paths=scene != "applied-monthly")


def price_targets() -> Iterator[Target]:
    """Yield the targets of posts: the first of a pair, one of a pair that has prices, and senseless pairs."""
    pair = ("collateral_asset", "loan_asset", "seat")
    post = PostPrice(collateral_asset=ETHER, loan_asset=DOLLAR, seat=1, price=PRICE)
    for scene in ("agreed-bullet", "price-2-bullet", "priced-bullet"):
        target = paths(scene, post, FEEDERS[0], fixed=pair)
        yield replace(target, only_paths=scene != "priced-bullet")
    for name, asset in (("unlisted", UNLISTED), ("itself", DOLLAR)):
        call = post.model_copy(update={"collateral_asset": asset})
        yield replace(paths("agreed-bullet", call, FEEDERS[0], fixed=pair), name=f"post_price/{name}")
