"""Chapter 2: attest_identity, revoke_identity, freeze and unfreeze."""

from dataclasses import replace

import pytest

from lien.protocol.eligibility import is_eligible, require_eligible
from lien.protocol.genesis import ATTESTOR, COUNCIL, DOLLAR, ETHER, PROTOCOL, SWITZERLAND
from lien.protocol.rejection import Rejection
from lien.protocol.state import Identity
from lien.spec.agreement import Cancel
from lien.spec.assets import Claim, ClaimRecorded
from lien.spec.call import Call
from lien.spec.facility import Redeem
from lien.spec.identity import (
    AccountFrozen,
    AccountUnfrozen,
    AttestIdentity,
    Freeze,
    IdentityAttested,
    IdentityRevoked,
    RevokeIdentity,
    Unfreeze,
)
from lien.spec.reasons import Reason
from lien.spec.types import LoanStatus
from lien.spec.units import MAXIMUM_NUMBER, SECONDS_PER_DAY, VIRTUAL_SHARES
from tests.lives import (
    CASH,
    COLLATERAL,
    PRINCIPAL,
    START,
    Cases,
    Life,
    accepted_life,
    account,
    active_life,
    attest,
    check_rejection,
    funded_life,
    new_life,
)

YEAR = 365 * SECONDS_PER_DAY
FRANCE = 250


def attested_life() -> Life:
    """Attest the borrower, with the commitment 7."""
    life = new_life()
    life.send(attest("borrower", 7, life.now + YEAR), ATTESTOR)
    return life


def test_an_attestation_makes_an_identity() -> None:
    """Given nobody's identity / When an attestor attests one
    / Then it is recorded, without a history, and its account and commitment lead to it.
    """
    life = new_life()
    before = life.state
    outcome = life.send(attest("borrower", 7, life.now + YEAR), ATTESTOR)
    identity = Identity(7, account("borrower"), SWITZERLAND, 1, life.now + YEAR)
    assert outcome.state == replace(
        before,
        timestamp=life.now,
        identity_count=1,
        identities=before.identities.set(1, identity),
        identity_of=before.identity_of.set(account("borrower"), 1),
        identity_by_commitment=before.identity_by_commitment.set(7, 1),
    )
    assert outcome.events == (
        IdentityAttested(1, account("borrower"), 7, SWITZERLAND, 1, life.now + YEAR, account(ATTESTOR)),
    )


def test_an_identity_is_renewed() -> None:
    """Given an identity with a record / When the same account is attested with the same commitment
    / Then jurisdiction, tier and expiry are new, and the record stays.
    """
    life = attested_life()
    history = replace(life.state.identities.get(1), settled_on_time=3, defaulted=1, repaid_volume=9)
    life.state = replace(life.state, identities=life.state.identities.set(1, history))
    renewed = attest("borrower", 7, life.now + 2 * YEAR, jurisdiction=FRANCE, tier=2)
    life.send(renewed, ATTESTOR)
    assert life.state.identities.get(1) == replace(
        history, jurisdiction=FRANCE, tier=2, expiry=life.now + 2 * YEAR
    )
    assert life.state.identity_count == 1


def test_a_revoked_identity_goes_to_another_account_with_its_record() -> None:
    """Given a bad record / When its identity is revoked, and attested for another account
    / Then the record has come along, and the first account has none.
    """
    life = attested_life()
    history = replace(life.state.identities.get(1), defaulted=2)
    life.state = replace(life.state, identities=life.state.identities.set(1, history))
    outcome = life.send(RevokeIdentity(account=account("borrower")), ATTESTOR)
    assert outcome.events == (IdentityRevoked(1, account("borrower"), account(ATTESTOR)),)
    assert life.state.identities.get(1) == replace(history, account=0)
    assert life.state.identity_of.get(account("borrower")) == 0
    life.send(attest("second_borrower", 7, life.now + YEAR), ATTESTOR)
    assert life.state.identities.get(1) == replace(history, account=account("second_borrower"))
    assert life.state.identity_of.get(account("second_borrower")) == 1
    life.send(attest("borrower", 8, life.now + YEAR), ATTESTOR)
    assert life.state.identity_of.get(account("borrower")) == life.state.identity_count == 2


def crowded_life() -> Life:
    """Pretend that all numbers of identities are used."""
    life = new_life()
    life.state = replace(life.state, identity_count=MAXIMUM_NUMBER)
    return life


ATTESTATIONS: Cases = {
    Reason.NOT_ATTESTOR: lambda: (new_life(), attest("borrower", 7, 2 * 10**9), COUNCIL[0]),
    Reason.OWN_ACCOUNT: lambda: (new_life(), attest(ATTESTOR, 7, 2 * 10**9), ATTESTOR),
    Reason.ACCOUNT_IS_PROTOCOL: lambda: (
        new_life(),
        attest("borrower", 7, 2 * 10**9).model_copy(update={"account": PROTOCOL}),
        ATTESTOR,
    ),
    Reason.COMMITMENT_MISSING: lambda: (new_life(), attest("borrower", 0, 2 * 10**9), ATTESTOR),
    Reason.EXPIRY_NOT_AHEAD: lambda: (new_life(), attest("borrower", 7, START * SECONDS_PER_DAY), ATTESTOR),
    Reason.ACCOUNT_TAKEN: lambda: (attested_life(), attest("borrower", 8, 2 * 10**9), ATTESTOR),
    Reason.COMMITMENT_TAKEN: lambda: (attested_life(), attest("lender", 7, 2 * 10**9), ATTESTOR),
    Reason.TOO_MANY_IDENTITIES: lambda: (crowded_life(), attest("borrower", 7, 2 * 10**9), ATTESTOR),
}
REVOCATIONS: Cases = {
    Reason.NOT_ATTESTOR: lambda: (attested_life(), RevokeIdentity(account=account("borrower")), "borrower"),
    Reason.OWN_ACCOUNT: lambda: (attested_life(), RevokeIdentity(account=account(ATTESTOR)), ATTESTOR),
    Reason.IDENTITY_MISSING: lambda: (attested_life(), RevokeIdentity(account=account("lender")), ATTESTOR),
}


def frozen_life() -> Life:
    """Freeze the borrower."""
    life = new_life()
    life.send(Freeze(account=account("borrower")), COUNCIL[0])
    return life


FREEZES: Cases = {
    Reason.MAY_NOT_FREEZE: lambda: (new_life(), Freeze(account=account("borrower")), "lender"),
    Reason.OWN_ACCOUNT: lambda: (new_life(), Freeze(account=account(ATTESTOR)), ATTESTOR),
    Reason.ACCOUNT_IS_PROTOCOL: lambda: (new_life(), Freeze(account=PROTOCOL), COUNCIL[0]),
    Reason.ACCOUNT_FROZEN: lambda: (frozen_life(), Freeze(account=account("borrower")), ATTESTOR),
}
UNFREEZES: Cases = {
    Reason.MAY_NOT_FREEZE: lambda: (frozen_life(), Unfreeze(account=account("borrower")), "borrower"),
    Reason.OWN_ACCOUNT: lambda: (frozen_life(), Unfreeze(account=account(COUNCIL[1])), COUNCIL[1]),
    Reason.ACCOUNT_NOT_FROZEN: lambda: (frozen_life(), Unfreeze(account=account("lender")), ATTESTOR),
}
FAULTS: list[tuple[type[Call], Cases, Reason]] = [
    (call, cases, reason)
    for call, cases in (
        (AttestIdentity, ATTESTATIONS),
        (RevokeIdentity, REVOCATIONS),
        (Freeze, FREEZES),
        (Unfreeze, UNFREEZES),
    )
    for reason in cases
]


@pytest.mark.parametrize(("call", "cases", "reason"), FAULTS)
def test_a_call_of_an_officer_is_rejected(call: type[Call], cases: Cases, reason: Reason) -> None:
    """Given a fault in a call / When it is sent / Then it is rejected for that reason."""
    check_rejection(call, cases, reason)


def test_what_is_owed_to_a_frozen_borrower_waits() -> None:
    """Given a frozen borrower / When their collateral is due to them
    / Then it is a claim, which is paid when they are unfrozen, and not before; nothing is disbursed to them.
    """
    life = accepted_life()
    frozen = life.send(Freeze(account=account("borrower")), ATTESTOR)
    assert frozen.events == (AccountFrozen(account("borrower"), account(ATTESTOR)),)
    outcome = life.send(Cancel(loan=1), "servicer")
    assert outcome.events[0] == ClaimRecorded(ETHER, account("borrower"), COLLATERAL)
    to_themself, to_another = (
        Claim(asset=ETHER, recipient=account(name)) for name in ("borrower", "stranger")
    )
    for claim in (to_themself, to_another):
        assert life.reject(claim, "borrower").reason is Reason.ACCOUNT_FROZEN
    thawed = life.send(Unfreeze(account=account("borrower")), COUNCIL[2])
    assert thawed.events == (AccountUnfrozen(account("borrower"), account(COUNCIL[2])),)
    life.send(Freeze(account=account("stranger")), ATTESTOR)
    assert life.reject(to_another, "borrower").reason is Reason.ACCOUNT_FROZEN
    life.send(to_themself, "borrower")
    assert life.balance("borrower", ETHER) == 10**19


def test_a_frozen_borrower_pays_and_settles() -> None:
    """Given a frozen borrower / When they pay off / Then the loan is settled, and the collateral waits."""
    life = active_life()
    life.send(Freeze(account=account("borrower")), COUNCIL[0])
    life.repay(2 * PRINCIPAL)
    assert life.loan().status == LoanStatus.SETTLED
    assert dict(life.state.ledger.claims.items())[
        life.loan().terms.collateral_asset, account("borrower")
    ] == (COLLATERAL)


def test_a_frozen_lender_redeems_into_a_claim() -> None:
    """Given a frozen lender / When they redeem / Then shares are burnt, and the amount waits."""
    life = funded_life().on(START + 3)
    life.send(Freeze(account=account("lender")), ATTESTOR)
    life.send(Redeem(facility=1, shares=10 * VIRTUAL_SHARES, minimum_amount=10), "lender")
    assert life.state.ledger.claims.get((DOLLAR, account("lender"))) == 10
    assert (life.facility().cash, life.balance("lender")) == (CASH - 10, 10**9 - CASH)


@pytest.mark.parametrize(
    ("name", "call", "later", "reason"),
    [
        ("lender", None, 0, Reason.IDENTITY_MISSING),
        ("borrower", RevokeIdentity(account=account("borrower")), 0, Reason.IDENTITY_MISSING),
        ("borrower", None, YEAR, Reason.IDENTITY_EXPIRED),
        (
            "borrower",
            attest("borrower", 7, 2 * 10**9, jurisdiction=FRANCE),
            0,
            Reason.JURISDICTION_NOT_ALLOWED,
        ),
        ("borrower", Freeze(account=account("borrower")), 0, Reason.ACCOUNT_FROZEN),
    ],
)
def test_who_is_not_eligible(name: str, call: Call | None, later: int, reason: Reason) -> None:
    """Given an identity with a fault / When it is asked whether its account may draw / Then why not."""
    life = attested_life()
    assert is_eligible(life.state, account("borrower"), life.now + YEAR - 1)
    require_eligible(life.state, account("borrower"), life.now + YEAR - 1)
    if call is not None:
        life.send(call, ATTESTOR)
    assert not is_eligible(life.state, account(name), life.now + later)
    with pytest.raises(Rejection) as rejected:
        require_eligible(life.state, account(name), life.now + later)
    assert rejected.value.reason is reason
