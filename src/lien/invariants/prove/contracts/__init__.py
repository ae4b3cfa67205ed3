"""Say what some functions of the protocol promise, so that calls need not follow all their paths.

Each is shown as a call of its own in the matrix, on its very body: what it is assumed to keep is what is
proved of it. Beside its promise a contract keeps every property of a loan.
"""

from lien.invariants.prove.contracts.accrue import ACCRUE
from lien.invariants.prove.contracts.catch_up import CATCH_UP
from lien.invariants.prove.contracts.take_payment import TAKE_PAYMENT
from lien.invariants.prove.contracts.take_proceeds import TAKE_PROCEEDS

CONTRACTS = {contract.name: contract for contract in (ACCRUE, CATCH_UP, TAKE_PAYMENT, TAKE_PROCEEDS)}
# Which contracts are relied on where a contract's body is followed; calls rely on those that keep everything.
WITHIN = {CATCH_UP.name: (ACCRUE.name,)}
WITHIN_CALLS = tuple(contract.name for contract in CONTRACTS.values() if not contract.keeps)
