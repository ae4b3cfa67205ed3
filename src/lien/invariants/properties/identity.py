"""Properties of identities: one commitment, one account, one number, and all of them point at each other."""

from lien.invariants.properties.base import Kind, declare, is_one_of
from lien.protocol.algebra import all_of, any_of, count_true, implies
from lien.protocol.state import Identity, Loan, State
from lien.spec.types import LIVE, LoanSlot


@declare("PROTOCOL-NEVER-FROZEN", Kind.GLOBAL, ("identity",), (119,))
def protocol_is_never_frozen(state: State) -> bool:
    """The protocol's own account is never frozen, so that nothing stops it from being paid."""
    return state.ledger.frozen.get(state.settings.protocol) == 0


@declare("IDENTITY-OWNED", Kind.LINK, ("identity",), (107,), over="identities")
def identity_belongs_to_its_account(state: State, number: int, identity: Identity) -> bool:
    """An identity has the number under which its commitment, and its account if it has one, are known.

    So a commitment is of one identity alone, and an account has one identity at most; never the protocol's.
    """
    return all_of(
        identity.commitment != 0,
        state.identity_by_commitment.get(identity.commitment) == number,
        implies(identity.account != 0, state.identity_of.get(identity.account) == number),
        identity.account != state.settings.protocol,
    )


@declare("ACCOUNT-IDENTITY", Kind.LINK, ("identity",), (107,), over="identity_of")
def account_names_its_identity(state: State, key: tuple[int, ...], number: int) -> bool:
    """The identity of an account exists, and belongs to that account."""
    belongs = state.identities.field(number, "account") == key[0]
    return any_of(number == 0, all_of(number <= state.identity_count, belongs, key[0] != 0))


@declare("COMMITMENT-IDENTITY", Kind.LINK, ("identity",), (107,), over="identity_by_commitment")
def commitment_names_its_identity(state: State, key: tuple[int, ...], number: int) -> bool:
    """The identity of a commitment exists, and has that commitment."""
    names = state.identities.field(number, "commitment") == key[0]
    return any_of(number == 0, all_of(number <= state.identity_count, names))


@declare("LIVE-LOANS", Kind.ENTRY, ("credit",), (107,), over="identities")
def live_loans_are_apart(identity: Identity) -> bool:
    """No loan stands in two of an identity's places."""
    slots = identity.live_loans
    pairs = ((first, second) for first in LoanSlot for second in LoanSlot if first < second)
    return all_of(
        *(any_of(slots[first] == 0, slots[first] != slots[second]) for first, second in pairs),
    )


@declare("LIVE-LOANS-EXIST", Kind.LINK, ("credit",), (96,), over="identities")
def places_name_live_loans(state: State, number: int, identity: Identity) -> bool:
    """Every loan in an identity's places exists, is live, and is of this identity."""
    loans = state.loans
    return all_of(
        *(
            implies(
                loan != 0,
                all_of(
                    loan <= state.loan_count,
                    is_one_of(loans.field(loan, "status"), LIVE),
                    loans.field(loan, "identity") == number,
                ),
            )
            for loan in identity.live_loans
        )
    )


@declare("LOAN-IDENTITY", Kind.LINK, ("credit", "agreement"), (96, 107), over="loans")
def live_loan_stands_in_one_place(state: State, number: int, loan: Loan) -> bool:
    """A loan's identity exists, and a live loan stands in exactly one of its places.

    With the property before, any other loan stands in none, and no loan in a place of another identity.
    """
    places = (state.identities.place(loan.identity, "live_loans", slot) for slot in LoanSlot)
    return all_of(
        loan.identity >= 1,
        loan.identity <= state.identity_count,
        implies(is_one_of(loan.status, LIVE), count_true(*(place == number for place in places)) == 1),
    )
