"""The transitions, one module a chapter; each call is a function of its own name.

A transition reads: guards on the call, guards on the state (after catching up where a loan is live), what is
computed, one new state, events. It returns the new state and the events, or raises a rejection.
"""

from collections.abc import Callable
from typing import Any

from lien.protocol.state import Context, State
from lien.protocol.transitions import agreement, assets, disbursement, facility, liquidation, repayment
from lien.protocol.transitions.step import Step
from lien.spec.agreement import Accept, Cancel, Countersign, Offer
from lien.spec.assets import Claim, Transfer
from lien.spec.call import Call
from lien.spec.disbursement import Disburse
from lien.spec.facility import Deposit, OpenFacility, Redeem
from lien.spec.liquidation import DeclareDefault
from lien.spec.repayment import Repay

Transition = Callable[[State, Any, Context], Step]

TRANSITIONS: dict[type[Call], Transition] = {
    Transfer: assets.transfer,
    Claim: assets.claim,
    OpenFacility: facility.open_facility,
    Deposit: facility.deposit,
    Redeem: facility.redeem,
    Offer: agreement.offer,
    Accept: agreement.accept,
    Countersign: agreement.countersign,
    Cancel: agreement.cancel,
    Disburse: disbursement.disburse,
    Repay: repayment.repay,
    DeclareDefault: liquidation.declare_default,
}
