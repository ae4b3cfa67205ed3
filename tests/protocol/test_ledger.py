"""Tokens move, are collected, and are delivered or kept as claims."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lien.protocol.genesis import DOLLAR, PROTOCOL
from lien.protocol.ledger import collect, deliver, move
from lien.protocol.rejection import Rejection
from lien.spec.assets import ClaimRecorded
from lien.spec.reasons import Reason
from tests.lives import account, ledger_after, new_life, transferred

LEDGER = new_life().state.ledger
names = st.sampled_from(["lender", "borrower", "protocol", "treasury"])


def address(name: str) -> int:
    """Return a named account, the protocol's included."""
    return PROTOCOL if name == "protocol" else account(name)


@given(names, names, st.integers(0, 10**9))
def test_a_move_changes_payer_and_payee_by_the_amount(payer: str, payee: str, amount: int) -> None:
    """Given any two accounts, or one / When an amount moves
    / Then each changes by it, and the sum by nothing.
    """
    moved = move(LEDGER, DOLLAR, address(payer), address(payee), amount)
    for name in {payer, payee, "stranger"}:
        change = moved.balances.get((DOLLAR, address(name))) - LEDGER.balances.get((DOLLAR, address(name)))
        assert change == amount * ((name == payee) - (name == payer))
    assert sum(figure for _, figure in moved.balances.items()) == sum(
        figure for _, figure in LEDGER.balances.items()
    )
    assert moved.logs == (transferred(DOLLAR, payer, payee, amount),)
    assert replace(moved, balances=LEDGER.balances, logs=()) == LEDGER


def test_collecting_records_what_the_protocol_holds() -> None:
    """Given a payer / When an amount is collected / Then it moves to the protocol and is recorded."""
    collected = collect(LEDGER, DOLLAR, account("lender"), 5)
    balances = {(DOLLAR, "lender"): 10**9 - 5, (DOLLAR, "protocol"): 5}
    expected = ledger_after(LEDGER, balances, holdings={DOLLAR: 5})
    assert replace(collected, logs=()) == expected
    with pytest.raises(Rejection) as rejected:
        collect(LEDGER, DOLLAR, account("lender"), 10**9 + 1)
    assert rejected.value.reason is Reason.INSUFFICIENT_BALANCE
    assert rejected.value.compared == {"balance": 10**9, "amount": 10**9 + 1}


def test_delivering_pays_or_keeps_a_claim() -> None:
    """Given what the protocol holds / When it is delivered
    / Then it is paid, or claimable where it is refused.
    """
    held = collect(LEDGER, DOLLAR, account("lender"), 5)
    paid = deliver(held, DOLLAR, account("borrower"), 3)
    assert (paid.holdings.get(DOLLAR), paid.balances.get((DOLLAR, account("borrower")))) == (2, 10**9 + 3)
    assert list(paid.claims.items()) == []
    refusing = replace(held, refusals=held.refusals.set((DOLLAR, account("borrower")), 1))
    kept = deliver(deliver(refusing, DOLLAR, account("borrower"), 3), DOLLAR, account("borrower"), 1)
    assert (kept.holdings, kept.balances) == (held.holdings, held.balances)
    assert list(kept.claims.items()) == [((DOLLAR, account("borrower")), 4)]
    recorded = [log.amount for log in kept.logs if isinstance(log, ClaimRecorded)]
    assert recorded == [3, 1]
    assert [log.amount for log in paid.logs if isinstance(log, ClaimRecorded)] == [0]
