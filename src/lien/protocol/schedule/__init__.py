"""Plan the cash flows of fixed-rate loans: those of the ACTUS standard, and those of the protocol.

The functions run under two interpretations of `lien.protocol.algebra`. On integers they round to base units
as the protocol does; under `interpreted_by(Fractions())` they are exact, and are the ACTUS standard.
"""

from lien.protocol.schedule.contract import Contract, Role
from lien.protocol.schedule.dates import Cycle, Shift
from lien.protocol.schedule.loan import PlannedPayment, planned_payments
from lien.protocol.schedule.payments import level_payment
from lien.protocol.schedule.plan import CashFlow, FlowKind, Plan, cash_flows
from lien.protocol.schedule.standard import plan_of

__all__ = [
    "CashFlow",
    "Contract",
    "Cycle",
    "FlowKind",
    "Plan",
    "PlannedPayment",
    "Role",
    "Shift",
    "cash_flows",
    "level_payment",
    "plan_of",
    "planned_payments",
]
