"""Hold, for each call, the table of its rejections, and say what it is to keep to it.

Each table is a declaration of its own, written from the specification's text and not from the transition: the
conditions under which a reason holds, in the order in which reasons take precedence. A call that is
rejected for a reason meets that condition and none before it; an accepted call meets none. So a call is
rejected if and only if its table says so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from lien.invariants.properties.base import Kind, Observed, declare, is_one_of
from lien.protocol.algebra import all_of, any_of, choose, negate
from lien.protocol.arithmetic import multiply_divide_down
from lien.protocol.calendar import day_of
from lien.protocol.state import Identity, Loan
from lien.protocol.valuation import net_assets
from lien.spec.call import Call
from lien.spec.reasons import Reason
from lien.spec.types import ACCRUING, IN_DEFAULT, Scope
from lien.spec.units import WAD

Conditions = Iterator[tuple[Reason, bool]]
Table = Callable[[Observed], Conditions]


def every_call(observed: Observed) -> Conditions:
    """Yield the conditions that come before those of any call."""
    yield Reason.SENDER_IS_PROTOCOL, observed.context.sender == observed.before.settings.protocol
    yield Reason.TIME_RUNS_BACKWARD, observed.context.timestamp < observed.before.timestamp


def is_unknown(number: int, count: int) -> bool:
    """Return whether no record has the number."""
    return any_of(number == 0, number > count)


def is_window_over(observed: Observed, loan: Loan) -> bool:
    """Return whether the last day of the disbursement window has passed."""
    return day_of(observed.context.timestamp) > loan.terms.window_end_day


def servicer_of(observed: Observed, loan: Loan) -> int:
    """Return who services the facility of a loan."""
    return observed.before.facilities.get(loan.facility).servicer


def is_party(observed: Observed, loan: Loan) -> bool:
    """Return whether the sender is the borrower or the servicer."""
    sender = observed.context.sender
    return any_of(sender == loan.borrower, sender == servicer_of(observed, loan))


def is_closed(observed: Observed, scope: Scope) -> bool:
    """Return whether a pause of a scope runs."""
    return observed.before.paused_until.get(scope) > observed.context.timestamp


def is_ineligible(observed: Observed, account: int) -> Conditions:
    """Yield why an account may not draw."""
    before, number = observed.before, observed.before.identity_of.get(account)
    yield Reason.IDENTITY_MISSING, number == 0
    yield Reason.IDENTITY_EXPIRED, before.identities.field(number, "expiry") <= observed.context.timestamp
    jurisdiction = before.identities.field(number, "jurisdiction")
    yield Reason.JURISDICTION_NOT_ALLOWED, before.jurisdictions.get(jurisdiction) == 0
    yield Reason.ACCOUNT_FROZEN, before.ledger.frozen.get(account) == 1


def has_defaulted_loan(observed: Observed, identity: Identity) -> bool:
    """Return whether a live loan is in default, or its stop day has come."""
    loans, today = observed.before.loans, day_of(observed.context.timestamp)
    return any_of(
        *(
            any_of(
                is_one_of(loans.field(number, "status"), IN_DEFAULT),
                all_of(
                    is_one_of(loans.field(number, "status"), ACCRUING),
                    loans.field(number, "stop_day") <= today,
                ),
            )
            for number in identity.live_loans
        )
    )


def has_no_room(observed: Observed, facility: int, amount: int, identity: Identity) -> Conditions:
    """Yield why an identity may not owe a facility a further amount."""
    before, loans = observed.before, observed.before.loans
    yield Reason.OPEN_DEFAULT, has_defaulted_loan(observed, identity)
    yield Reason.TOO_MANY_LIVE_LOANS, all_of(*(number != 0 for number in identity.live_loans))
    there = [choose(loans.field(number, "facility") == facility, number, 0) for number in identity.live_loans]
    owed = sum(loans.field(number, "principal") for number in there)
    assets = net_assets(before.facilities.get(facility), day_of(observed.context.timestamp))
    limit = multiply_divide_down(assets, before.facilities.get(facility).concentration_limit, WAD)
    yield Reason.CONCENTRATION_EXCEEDED, owed + amount > limit


TABLES: dict[type[Call], Table] = {}


def rejects(call: type[Call]) -> Callable[[Table], Table]:
    """Register the decorated function as the table of a call, and declare that the call keeps to it."""

    def register(table: Table) -> Table:
        TABLES[call] = table
        name = call.call_name()

        def formula(observed: Observed) -> bool:
            return is_rejected_exactly(observed)

        formula.__doc__ = (
            f"The call {name} is rejected exactly as its table says, for the first reason that holds."
        )
        identifier = f"REJECT-{name.upper().replace('_', '-')}"
        declare(identifier, Kind.REJECTION, (call.chapter,), (109, 112), calls=(call,))(formula)
        return table

    return register


def is_rejected_exactly(observed: Observed) -> bool:
    """Return whether the call was rejected for the first reason that holds, or accepted where none does.

    The table is read no further than the reason, since what comes later can speak of records that do not
    exist.
    """
    earlier: list[bool] = []
    table = TABLES[type(observed.call)]
    for conditions in (every_call, table):
        for reason, condition in conditions(observed):
            if reason is observed.reason:
                return all_of(condition, *(negate(other) for other in earlier))
            earlier.append(condition)
    return all_of(observed.accepted, *(negate(other) for other in earlier))
