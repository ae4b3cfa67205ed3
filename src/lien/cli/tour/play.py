"""Play the loans of the tour side by side, from the lenders' deposits to their redemption."""

from collections.abc import Callable, Iterator
from heapq import heapify, heappop, heappush

from lien.cli.tour.loans import BORROWERS, DOLLARS, FIRST_DAY, PRICE, RATES, Shape, choose_shapes
from lien.cli.tour.player import Player
from lien.protocol.builders import accept_by, countersign_by, percent
from lien.protocol.calendar import due_day
from lien.protocol.genesis import ATTESTOR, DOLLAR, ETHER, FEEDERS, REVIEWERS, SWITZERLAND
from lien.protocol.prices import usable_price
from lien.protocol.views import instalment_on, payoff_on, redeemable_shares
from lien.spec.agreement import Cancel, Offer
from lien.spec.application import Apply, Review
from lien.spec.disbursement import Disburse
from lien.spec.facility import Deposit, OpenFacility, Redeem
from lien.spec.genesis import account_of
from lien.spec.identity import AttestIdentity
from lien.spec.liquidation import DeclareDefault
from lien.spec.oracle import PostPrice
from lien.spec.reasons import Reason
from lien.spec.repayment import Repay
from lien.spec.terms import Terms
from lien.spec.types import LIVE
from lien.spec.units import MAXIMUM_TIMESTAMP, PRICE_QUORUM, SECONDS_PER_DAY

FACILITY = 1
LENDERS = {"lender": 5_000_000 * DOLLARS, "second_lender": 4_000_000 * DOLLARS}


def play(report: Callable[[str, int, int], None]) -> Player:
    """Play all loans, each call on its day; report each call, and how many of about how many."""
    player, shapes = Player(day=FIRST_DAY - 1), list(choose_shapes())
    expected = len(LENDERS) * 2 + sum(shape.calls for shape in shapes)
    open_for_business(player)
    waiting = [
        (shape.terms.window_start_day, order, live(player, shape, BORROWERS[order % len(BORROWERS)]))
        for order, shape in enumerate(shapes)
    ]
    heapify(waiting)
    while waiting:
        player.day, order, life = heappop(waiting)
        report(f"{player.settled} of {len(shapes)} loans settled", min(player.calls, expected), expected)
        following = next(life, None)
        if following is not None:
            heappush(waiting, (following, order, life))
    close(player)
    if player.settled != len(shapes):
        player.problems.append(f"{player.settled} of {len(shapes)} loans settled")
    return player


def open_for_business(player: Player) -> None:
    """Open a facility, let the lenders put their money in, and attest who will borrow."""
    player.send(OpenFacility(asset=DOLLAR, interest_fee=percent(10), lender=0), "servicer")
    for lender, amount in LENDERS.items():
        player.send(Deposit(facility=FACILITY, amount=amount, minimum_shares=0), lender)
    for commitment, borrower in enumerate(BORROWERS, 1):
        call = AttestIdentity(
            account=account_of(borrower),
            commitment=commitment,
            jurisdiction=SWITZERLAND,
            tier=1,
            expiry=MAXIMUM_TIMESTAMP,
        )
        player.send(call, ATTESTOR)


def live(player: Player, shape: Shape, borrower: str) -> Iterator[int]:
    """Live through a loan, and yield the day of the next call whenever that is a later one."""
    number = agree(player, shape.terms, borrower)
    post_prices(player)
    player.send(Disburse(loan=number), "stranger", Reason.NOT_PARTY)
    player.send(Disburse(loan=number), borrower)
    if shape.conduct.defaults:
        yield from default(player, shape.terms, number)
        return
    for period in range(shape.terms.periods):
        late = shape.conduct.days_late if period == 1 else 0
        yield due_day(shape.terms, period) + late
        due = instalment_on(player.state, number, player.day)
        if due:  # an instalment that was paid with the one before is met
            pay(player, number, due, shape.conduct.ahead if period == 1 else 0)


def post_prices(player: Player) -> None:
    """Let feeders post the price of ether, where none is usable any more."""
    now = player.day * SECONDS_PER_DAY + SECONDS_PER_DAY // 2
    for seat in range(1, PRICE_QUORUM + 1):
        if usable_price(player.state, ETHER, DOLLAR, now) == 0:
            call = PostPrice(collateral_asset=ETHER, loan_asset=DOLLAR, seat=seat, price=PRICE)
            player.send(call, FEEDERS[seat - 1])


def approve(player: Player, terms: Terms, borrower: str) -> int:
    """Apply for the terms, and let two reviewers approve; return the application's number."""
    call = Apply(
        facility=FACILITY,
        product=RATES.index(terms.rate) + 1,
        amount=terms.principal,
        periods=terms.periods,
        purpose=player.day,
        collateral_asset=terms.collateral_asset,
        collateral_amount=terms.collateral_amount,
        document=player.day,
    )
    player.send(call, borrower)
    number = player.state.application_count
    for reviewer, rating in zip(REVIEWERS, (70, 80), strict=False):
        player.send(Review(application=number, approves=1, rating=rating), reviewer)
    return number


def agree(player: Player, terms: Terms, borrower: str) -> int:
    """Offer twice and withdraw one, then let both sides sign the other; return its number."""
    offer = Offer(application=approve(player, terms, borrower), terms=terms)
    player.send(offer, "servicer")
    player.send(offer, "servicer", Reason.APPLICATION_NOT_APPROVED)
    player.send(Cancel(loan=player.state.loan_count), borrower)
    player.send(Offer(application=approve(player, terms, borrower), terms=terms), "servicer")
    number = player.state.loan_count
    player.send(accept_by(player.state, number, borrower, MAXIMUM_TIMESTAMP), "stranger")
    player.send(countersign_by(player.state, number, "servicer", MAXIMUM_TIMESTAMP), "stranger")
    return number


def default(player: Player, terms: Terms, number: int) -> Iterator[int]:
    """Miss the first due date, let the grace pass, and pay everything a month later."""
    yield due_day(terms, 0) + terms.grace_days
    player.send(DeclareDefault(loan=number), "stranger", Reason.NOT_IN_DEFAULT)
    yield due_day(terms, 0) + terms.grace_days + 1
    player.send(DeclareDefault(loan=number), "stranger")
    yield player.day + 30
    pay(player, number, payoff_on(player.state, number, player.day))


def pay(player: Player, number: int, amount: int, ahead: int = 0) -> None:
    """Pay, and send the same payment again, as a wallet may that saw no answer."""
    whole = amount + ahead + ahead // 10 if ahead else amount
    call = Repay(loan=number, amount=whole, principal_ahead=ahead, reference=player.day)
    player.send(call, "borrower")
    again = Reason.DUPLICATE_REFERENCE if is_live(player, number) else Reason.NOT_LIVE
    player.send(call, "borrower", again)


def is_live(player: Player, number: int) -> bool:
    """Return whether a loan has debt."""
    return player.state.loans.get(number).status in LIVE


def close(player: Player) -> None:
    """Let the lenders take out all that they can."""
    for lender in LENDERS:
        shares = redeemable_shares(player.state, FACILITY, account_of(lender), player.day)
        player.send(Redeem(facility=FACILITY, shares=shares, minimum_amount=1), lender)
