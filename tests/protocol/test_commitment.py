"""Equal states have equal commitments, and each event is chained to the one before."""

from dataclasses import fields, replace
from typing import Any

import pytest
from eth_utils import keccak  # type: ignore[attr-defined]

from lien.protocol.commitment import START_OF_CHAIN, extend_chain, state_commitment, words
from lien.protocol.genesis import DOLLAR
from lien.protocol.log import Entry
from lien.protocol.maps import Figures
from lien.protocol.state import Facility, Ledger, Loan, State
from lien.spec.abi import encode_event
from lien.spec.assets import Transfer, Transferred
from lien.spec.call import Event
from lien.spec.facility import Deposited, FacilityOpened
from tests.lives import account, active_life, new_life

OPENED = FacilityOpened(1, DOLLAR, account("servicer"), 5, 0)
DEPOSITED = Deposited(1, account("lender"), 7, 11)


def test_equal_states_have_equal_commitments() -> None:
    """Given two lives with the same calls / When their states are hashed / Then the hashes are equal."""
    assert state_commitment(active_life().state) == state_commitment(active_life().state)


def test_the_order_in_which_a_map_was_filled_does_not_matter() -> None:
    """Given two ways to the same state / When both are hashed / Then the hashes are equal."""
    calls = [Transfer(asset=DOLLAR, recipient=account("treasury"), amount=amount) for amount in (3, 4)]
    first, second = new_life(), new_life()
    for call, sender in zip(calls, ("lender", "borrower"), strict=True):
        first.send(call, sender)
    for call, sender in zip(calls[::-1], ("borrower", "lender"), strict=True):
        second.send(call, sender)
    assert first.state == second.state
    assert state_commitment(first.state) == state_commitment(second.state)


def variants(state: State) -> dict[str, State]:
    """Return states that each differ from one in a single figure."""
    loan, facility = state.loans.get(1), state.facilities.get(1)

    def more(record: Any, name: str) -> Any:
        found = getattr(record, name)
        if isinstance(found, Figures):
            key, figure = next(found.items(), ((1, 2, 3), 8))
            return replace(record, **{name: found.set(key, figure + 1)})
        if isinstance(found, tuple):
            return replace(record, **{name: (found[0] + 1, *found[1:])})
        return replace(record, **{name: found + 1})

    of_loan = [item.name for item in fields(Loan) if item.name != "terms"]
    of_terms = [item.name for item in fields(loan.terms)]
    of_ledger = [item.name for item in fields(Ledger) if item.name != "logs"]
    of_state = ["timestamp", "facility_count", "loan_count", "shares", "deposit_days", "nonces", "references"]
    return {
        **{f"loan.{name}": replace(state, loans=state.loans.set(1, more(loan, name))) for name in of_loan},
        **{
            f"terms.{name}": replace(
                state, loans=state.loans.set(1, replace(loan, terms=more(loan.terms, name)))
            )
            for name in of_terms
        },
        **{
            f"facility.{item.name}": replace(
                state, facilities=state.facilities.set(1, more(facility, item.name))
            )
            for item in fields(Facility)
        },
        **{f"ledger.{name}": replace(state, ledger=more(state.ledger, name)) for name in of_ledger},
        **{
            f"settings.{item.name}": replace(state, settings=more(state.settings, item.name))
            for item in fields(state.settings)
        },
        **{name: more(state, name) for name in of_state},
        "another loan": replace(state, loans=state.loans.set(2, loan)),
        "another number": replace(state, loans=type(state.loans)().set(2, loan)),
    }


def test_a_difference_in_any_figure_changes_the_commitment() -> None:
    """Given a state / When any one figure differs / Then the commitment does, and no two are the same."""
    state = active_life().state
    found = {name: state_commitment(other) for name, other in variants(state).items()}
    assert len({state_commitment(state), *found.values()}) == len(found) + 1


def test_the_canonical_encoding_is_pinned() -> None:
    """Given a tuple of integers / When it is encoded / Then it is its length and its words."""
    assert b"".join(words((1, -1))) == (2).to_bytes(32, "big") + (1).to_bytes(32, "big") + b"\xff" * 32


def test_what_has_no_encoding_is_refused() -> None:
    """Given something that no state holds / When it is encoded / Then its type is named."""
    with pytest.raises(TypeError, match="str has no canonical encoding"):
        list(words("text"))


def entry(*events: Event, timestamp: int = 7) -> Entry:
    """Return an entry of the log, without transfers."""
    return Entry(timestamp, (), events)


def test_each_event_is_chained_to_the_one_before() -> None:
    """Given two events / When they are chained / Then it is one hash an event, in order, with its second."""
    topics, logged = encode_event(OPENED)
    first = keccak(START_OF_CHAIN + (7).to_bytes(32, "big") + b"".join(topics) + logged)
    assert extend_chain(START_OF_CHAIN, entry(OPENED)) == first
    assert extend_chain(START_OF_CHAIN, entry(OPENED, DEPOSITED)) == extend_chain(first, entry(DEPOSITED))


def test_what_only_tokens_log_is_not_in_the_chain() -> None:
    """Given an entry of a transfer alone / When it is chained / Then the chain stays as it is."""
    transfer = Transferred(DOLLAR, account("lender"), account("borrower"), 5)
    assert extend_chain(START_OF_CHAIN, Entry(7, (transfer,), ())) == START_OF_CHAIN


def test_the_chain_tells_order_content_and_time() -> None:
    """Given the same events in another order or second, or another event
    / When chained / Then the hash differs.
    """
    chains = [
        entry(OPENED, DEPOSITED),
        entry(DEPOSITED, OPENED),
        entry(OPENED),
        entry(OPENED, replace(DEPOSITED, shares=12)),
        entry(OPENED, DEPOSITED, timestamp=8),
    ]
    assert len({extend_chain(START_OF_CHAIN, chain) for chain in chains}) == len(chains)
