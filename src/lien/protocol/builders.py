"""Build terms and signed calls with sensible defaults, for tests, scenarios and first steps."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from lien.protocol.calendar import clock, due_day
from lien.protocol.signatures import document_of, restructuring_of
from lien.protocol.state import State
from lien.spec.action import Action, ActionKind
from lien.spec.agreement import Accept, Countersign
from lien.spec.genesis import account_of, private_key
from lien.spec.product import Product
from lien.spec.repayment import Restructure
from lien.spec.terms import Terms
from lien.spec.types import CycleUnit, DayCount, Grade, RepaymentKind, Role
from lien.spec.units import WAD

if TYPE_CHECKING:
    from eth_account.messages import SignableMessage

NO_PRODUCT = Product(
    asset=1,
    is_open=0,
    minimum_principal=0,
    maximum_principal=0,
    maximum_days=0,
    minimum_tier=0,
    allows_unsecured=0,
    quorum=0,
    impairment_ratio=0,
    least_scores=(0,) * len(Grade),
    rates=(0,) * len(Grade),
    origination_limits=(0,) * len(Grade),
)


def percent(value: int) -> int:
    """Return whole per cent as a ratio or a yearly rate."""
    return value * WAD // 100


def build_terms(
    *,
    principal: int,
    collateral_asset: int,
    window_start_day: int,
    first_due_day: int,
    maturity_day: int,
    kind: RepaymentKind = RepaymentKind.BULLET,
    **changes: Any,
) -> Terms:
    """Return terms with usual charges and limits; any field of `Terms` can be given instead of its default.

    The window is five days long, cycles are months, and the payment is zero: amortising kinds must name it.
    """
    terms = Terms(
        principal=principal,
        rate=percent(12),
        default_rate=percent(5),
        usury_cap=percent(20),
        kind=kind,
        day_count=DayCount.ACTUAL_365,
        window_start_day=window_start_day,
        window_end_day=window_start_day + 5,
        first_due_day=first_due_day,
        cycle_unit=CycleUnit.MONTH,
        cycle_length=1,
        end_of_month=0,
        periods=1,
        maturity_day=maturity_day,
        payment=0,
        minimum_principal=max(principal // 100, 1),
        grace_days=10,
        late_fee=principal // 500,
        prepayment_fee_rate=percent(1),
        open_days=14,
        origination_fee_rate=percent(1),
        collateral_asset=collateral_asset,
        collateral_amount=0,
        origination_limit=percent(50),
        margin_call_limit=percent(65),
        liquidation_limit=percent(75),
        close_factor=percent(50),
        liquidation_bonus=percent(5),
    )
    return replace(terms, **changes)


def build_action(kind: ActionKind, **changes: Any) -> Action:
    """Return an action for the council; any part can be given that the kind uses, and the rest is nothing."""
    nothing = Action(
        kind=kind,
        account=0,
        role=Role.GUARDIAN,
        enabled=1,
        number=0,
        threshold=1,
        product=NO_PRODUCT,
        deposit_cap=0,
        cover_ratio=0,
        concentration_limit=0,
        interest_fee_floor=0,
        origination_fee_floor=0,
    )
    return replace(nothing, **changes)


def clock_steps(terms: Terms, disbursed_day: int) -> list[int]:
    """Return the clock units of each period, the first counted from the day of disbursement."""
    days = [disbursed_day, *(due_day(terms, period) for period in range(terms.periods))]
    readings = [clock(terms.day_count, day) for day in days]
    return [after - before for before, after in pairwise(readings)]


def sign(state: State, loan: int, signer: str, deadline: int) -> bytes:
    """Return a named actor's signature of a loan's agreement as it stands."""
    return sign_document(
        document_of(state, loan, state.loans.get(loan), account_of(signer), deadline), signer
    )


def sign_restructuring(state: State, call: Restructure, signer: str) -> bytes:
    """Return a named actor's signature of the document that a restructuring hands in."""
    return sign_document(restructuring_of(state, call), signer)


def sign_document(document: SignableMessage, signer: str) -> bytes:
    """Return a named actor's signature of a document."""
    from eth_account import Account as KeyPair  # it takes long to load

    return bytes(KeyPair.sign_message(document, private_key(signer)).signature)


def restructure_by(state: State, call: Restructure, borrower: str, servicer: str) -> Restructure:
    """Return a restructuring with the signatures of a named borrower and a named servicer."""
    return Restructure.model_validate(
        {
            **call.arguments(),
            "borrower_signature": sign_restructuring(state, call, borrower),
            "servicer_signature": sign_restructuring(state, call, servicer),
        }
    )


def accept_by(state: State, loan: int, borrower: str, deadline: int) -> Accept:
    """Return the acceptance of a loan, signed by a named borrower."""
    return Accept(loan=loan, deadline=deadline, signature=sign(state, loan, borrower, deadline))


def countersign_by(state: State, loan: int, servicer: str, deadline: int) -> Countersign:
    """Return the countersignature of a loan, signed by a named servicer."""
    return Countersign(loan=loan, deadline=deadline, signature=sign(state, loan, servicer, deadline))
