"""Properties of what an auction offers: the ask falls with time alone, and to one unit in the end."""

from dataclasses import replace

from lien.invariants.properties.base import Kind, declare
from lien.protocol.algebra import all_of, implies
from lien.protocol.auction import compute_lot, is_over, open_seconds, share_seconds
from lien.protocol.pauses import closed_within
from lien.protocol.state import Loan, State
from lien.spec.types import Deadline, LoanStatus, Timestamp, Total
from lien.spec.units import AUCTION_SECONDS, AUCTION_SHARE_SECONDS, LAST_AUCTION_ROUND


@declare("AUCTION-STARTED", Kind.LINK, ("liquidation",), (47,), over="loans")
def auctions_have_started(state: State, _: int, loan: Loan) -> bool:
    """An auction's round has begun, on a clock that never runs backward."""
    return loan.auction_started_at <= open_seconds(state, state.timestamp)


@declare("AUCTION-FALLS", Kind.RELATIONAL, ("liquidation",), ())
def ask_falls_with_time(loan: Loan, debt: Total, earlier: Timestamp, later: Timestamp) -> bool:
    """For the same collateral and debt, later in a round more is offered, or as much, and no more asked."""
    if loan.status != LoanStatus.AUCTION or later < earlier:
        return True
    before, after = compute_lot(loan, debt, earlier), compute_lot(loan, debt, later)
    return all_of(after.collateral >= before.collateral, after.ask <= before.ask)


@declare("AUCTION-RESTARTS-LOWER", Kind.RELATIONAL, ("liquidation",), ())
def next_round_begins_no_higher(loan: Loan, debt: Total) -> bool:
    """At the same price or debt a next round begins with the ask, and the lot, with which the last ended."""
    if loan.status != LoanStatus.AUCTION or loan.auction_round >= LAST_AUCTION_ROUND:
        return True
    following = replace(loan, auction_round=loan.auction_round + 1)
    ended = compute_lot(loan, debt, share_seconds(loan) + AUCTION_SECONDS)
    begun = compute_lot(following, debt, 0)
    return all_of(begun.collateral == ended.collateral, begun.ask == ended.ask)


@declare("AUCTION-ENDS-AT-ONE", Kind.RELATIONAL, ("liquidation",), (119,))
def last_round_ends_at_one_unit(loan: Loan, debt: Total, elapsed: Timestamp) -> bool:
    """In the last round, once its time has passed, all collateral is offered for one unit, for ever."""
    if loan.status != LoanStatus.AUCTION or loan.auction_round < LAST_AUCTION_ROUND:
        return True
    lot = compute_lot(loan, debt, elapsed)
    has_passed = elapsed >= AUCTION_SECONDS
    return all_of(
        implies(has_passed, all_of(lot.collateral == loan.collateral, lot.ask == 1)),
        implies(is_over(loan, elapsed), False),
    )


@declare("AUCTION-OFFERS-WHAT-COVERS", Kind.RELATIONAL, ("liquidation",), (76,))
def less_than_the_debt_is_for_the_whole(loan: Loan, debt: Total, elapsed: Timestamp) -> bool:
    """Something is always asked, and less than the debt only for all the collateral, never for a part."""
    if loan.status != LoanStatus.AUCTION:
        return True
    lot = compute_lot(loan, debt, elapsed)
    return all_of(
        lot.ask >= 1,
        lot.collateral >= 0,
        lot.collateral <= loan.collateral,
        implies(lot.ask < debt, lot.collateral == loan.collateral),
        implies(lot.collateral < loan.collateral, elapsed < AUCTION_SHARE_SECONDS),
    )


@declare("AUCTION-CLOCK-STANDS", Kind.RELATIONAL, ("liquidation", "governance"), (111,))
def clock_stands_while_closed(begun: Timestamp, ended: Deadline, first: Timestamp, last: Timestamp) -> bool:
    """While liquidation is closed its closed seconds run as time does, so that an auction's clock stands."""
    is_closed = all_of(begun <= first, first <= last, last <= ended)
    run = closed_within(begun, ended, last) - closed_within(begun, ended, first)
    return implies(is_closed, run == last - first)
