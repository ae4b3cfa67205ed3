"""Check that a call changes nothing but what its kind may change, and of records only those that it names."""

from collections.abc import Iterator
from dataclasses import fields

from lien.invariants.explore.maps import MAPS, changed_entries, entries_of, map_of
from lien.invariants.explore.violation import Violation
from lien.invariants.properties.base import Observed
from lien.invariants.properties.implied import FRAME
from lien.invariants.properties.steps.actions import DECIDED
from lien.invariants.properties.steps.pauses import BY_THE_GUARDIAN
from lien.protocol.maps import Records
from lien.protocol.state import COUNTS, State
from lien.spec.governance import Execute
from lien.spec.identity import AttestIdentity, RevokeIdentity
from lien.spec.oracle import PostPrice

PAID_OUT = {"balances", "holdings", "claims"}
ON_A_LOAN = {"facilities", "loans", "stops", "identities"}  # that is disbursed
QUEUE = {"queued_shares", "queued_by"}
APPROVALS = {"approvals", "approval_counts", "ready_at"}
MAY_CHANGE: dict[str, set[str]] = {  # the maps and counts that each call may change
    "transfer": {"balances"},
    "claim": PAID_OUT,
    "propose": APPROVALS | {"proposals", "proposal_count"},
    "approve": APPROVALS,
    "revoke_approval": APPROVALS,
    "execute": {"proposals", *(name for names in DECIDED.values() for name in names)},
    "cancel_proposal": {"proposals"},
    "pause": set(BY_THE_GUARDIAN),
    "attest_identity": {"identities", "identity_count", "identity_of", "identity_by_commitment"},
    "revoke_identity": {"identities", "identity_of"},
    "freeze": {"frozen"},
    "unfreeze": {"frozen"},
    "apply": {"applications", "application_count"},
    "withdraw_application": {"applications"},
    "review": {"applications", "votes"},
    "expire": {"applications"},
    "open_facility": {"facilities", "facility_count"},
    "deposit": {"balances", "holdings", "facilities", "shares", "deposit_days"},
    "redeem": PAID_OUT | {"facilities", "shares"},
    "advance_book": {"facilities"},
    "skim": PAID_OUT,
    "wind_down": {"facilities"},
    "request_redemption": {"facilities", "shares"} | QUEUE,
    "cancel_redemption": {"shares"} | QUEUE,
    "process_redemption": PAID_OUT | {"facilities", "shares"} | QUEUE,
    "deposit_cover": {"balances", "holdings", "facilities"},
    "announce_cover_withdrawal": {"facilities"},
    "withdraw_cover": PAID_OUT | {"facilities"},
    "offer": {"loans", "loan_count", "applications"},
    "accept": {"balances", "holdings", "loans", "nonces"},
    "countersign": {"loans", "nonces"},
    "cancel": PAID_OUT | {"loans"},
    "disburse": PAID_OUT | ON_A_LOAN,
    "repay": PAID_OUT | ON_A_LOAN | {"references"},
    "top_up_collateral": {"balances", "holdings"} | ON_A_LOAN,
    "restructure": ON_A_LOAN,
    "impair": ON_A_LOAN,
    "lift_impairment": ON_A_LOAN,
    "declare_default": ON_A_LOAN,
    "margin_call": ON_A_LOAN,
    "liquidate": PAID_OUT | ON_A_LOAN,
    "start_auction": ON_A_LOAN,
    "take": PAID_OUT | ON_A_LOAN,
    "write_off": ON_A_LOAN,
    "recover": PAID_OUT | {"facilities", "loans"},
    "post_price": {"feed_count", "feeds", "feed_of"},
}
OF_A_LOAN = {"facilities": "facility", "identities": "identity"}  # the field that says which is its own
WITH_THE_CALL = {"timestamp"}  # changes with every accepted call
OF_STATE = tuple(item.name for item in fields(State) if item.name not in (*MAPS, "ledger"))


def frame_violations(observed: Observed) -> Iterator[Violation]:
    """Yield what an accepted call changed and may not have changed."""
    before, after, name = observed.before, observed.after, observed.call.call_name()
    for item in sorted(set(OF_STATE) - MAY_CHANGE[name] - WITH_THE_CALL):
        if getattr(before, item) != getattr(after, item):
            yield Violation(*FRAME, name, values={"changed": item})
    for item in MAPS:
        was, is_now = map_of(before, item), map_of(after, item)
        if was is is_now:
            continue
        if item not in MAY_CHANGE[name] and was != is_now:
            yield Violation(*FRAME, name, values={"changed": item})
        elif isinstance(was, Records):
            yield from records_not_named(observed, item)


def records_not_named(observed: Observed, item: str) -> Iterator[Violation]:
    """Yield the records that a call changed, or removed, without naming them."""
    before, after = observed.before, observed.after
    changed = {key for key, _ in changed_entries(after, before, item)}
    removed = {key for key, _ in entries_of(before, item)} - {key for key, _ in entries_of(after, item)}
    for number in sorted((changed | removed) - named_records(observed, item)):
        yield Violation(*FRAME, item, (number,), {"changed by": observed.call.call_name()})


def named_records(observed: Observed, item: str) -> set[int]:
    """Return the numbers of the records of a map that a call names, or makes."""
    before, call = observed.before, observed.call
    loan = getattr(call, "loan", None)
    if isinstance(call, Execute) and item != "proposals":
        number = before.proposals.get(call.proposal).action.number
        return {number or getattr(before, COUNTS[item]) + 1}
    if loan is not None and item in OF_A_LOAN:
        return {before.loans.field(loan, OF_A_LOAN[item])}
    if item == "feeds" and isinstance(call, PostPrice):
        known = before.feed_of.get((call.collateral_asset, call.loan_asset))
        return {known or before.feed_count + 1}
    if item == "identities" and isinstance(call, AttestIdentity):
        known = before.identity_by_commitment.get(call.commitment)
        return {known or before.identity_count + 1}
    if item == "identities" and isinstance(call, RevokeIdentity):
        return {before.identity_of.get(call.account)}
    count = COUNTS[item]
    return {getattr(call, count.removesuffix("_count"), getattr(before, count) + 1)}
