"""What an executed action changes, and that no other call decides for the council."""

from dataclasses import fields

from lien.invariants.properties.arrows import ON_A_FACILITY
from lien.invariants.properties.base import Kind, Observed, declare
from lien.invariants.properties.steps.kept import are_kept, effect_of
from lien.protocol.algebra import all_of, choose
from lien.protocol.state import Ledger, State, keyed_of
from lien.spec.call import Event
from lien.spec.governance import (
    CouncilSet,
    Execute,
    FacilityPolicySet,
    FeederSet,
    FeesSet,
    JurisdictionSet,
    ProductSet,
    Resumed,
    RoleSet,
)
from lien.spec.types import Role

DECIDED: dict[type[Event], tuple[str, ...]] = {  # what of the state an executed action changes, by its event
    ProductSet: ("products", "product_count"),
    RoleSet: ("roles", "review_epoch"),
    FeederSet: ("feeders", "seated_at"),
    FacilityPolicySet: ("facilities",),
    JurisdictionSet: ("jurisdictions",),
    FeesSet: ("interest_fee_floor", "origination_fee_floor"),
    CouncilSet: ("council", "council_size", "council_threshold", "council_epoch"),
    Resumed: ("paused_until", "liquidation_closed_until"),
}
BY_THE_COUNCIL = tuple(
    name for kind, names in DECIDED.items() for name in names if kind not in (FacilityPolicySet, Resumed)
)
POLICY = ("is_approved", "deposit_cap", "cover_ratio", "concentration_limit")


@declare("COUNCIL-DECIDES", Kind.STEP, ("governance",), (105, 110))
def nothing_else_decides_for_the_council(observed: Observed) -> bool:
    """Only an executed proposal changes council, roles, seats, jurisdictions, products, floors and epochs."""
    return isinstance(observed.call, Execute) or are_kept(observed, BY_THE_COUNCIL)


@declare("POLICY-BY-COUNCIL", Kind.STEP, ("governance", "facility"), (104, 110), calls=ON_A_FACILITY)
def nothing_else_changes_a_policy(observed: Observed) -> bool:
    """A call on a facility leaves what the council allows it."""
    if not observed.accepted:
        return True
    call, before = observed.call, observed.before
    names_it = "facility" in type(call).model_fields
    number = call.facility if names_it else before.loans.get(call.loan).facility
    old, new = before.facilities.get(number), observed.after.facilities.get(number)
    return all_of(*(getattr(new, name) == getattr(old, name) for name in POLICY))


@declare("EXECUTE-NOTHING-ELSE", Kind.STEP, ("governance",), (110,), calls=(Execute,))
def an_action_changes_what_it_names(observed: Observed) -> bool:
    """An executed action has one effect, and changes only what is of its kind; no token, and no loan.

    Beside it only the proposal changes.
    """
    if not observed.accepted:
        return True
    kinds = [kind for kind in DECIDED if effect_of(observed, kind)]
    may = {
        "settings",
        "ledger",
        "timestamp",
        "proposals",
        *(name for kind in kinds for name in DECIDED[kind]),
    }
    others = tuple(item.name for item in fields(State) if item.name not in may)
    before, after = observed.before, observed.after
    tokens = [item.name for item in fields(Ledger) if keyed_of(item.type) is not None]
    return all_of(
        len(kinds) == 1,
        after.settings is before.settings,
        *(getattr(after.ledger, name) is getattr(before.ledger, name) for name in tokens),
        are_kept(observed, others),
    )


@declare("EXECUTE-ROLE", Kind.STEP, ("governance",), (104, 110), calls=(Execute,), every=("role", "account"))
def a_role_is_set_as_named(observed: Observed, role: int, account: int) -> bool:
    """Setting a role changes that of one account; the epoch of reviews rises with a change of reviewers."""
    before, after = observed.before, observed.after
    if not effect_of(observed, RoleSet):
        return are_kept(observed, ("roles", "review_epoch"))
    action = before.proposals.get(observed.call.proposal).action
    is_named = all_of(role == action.role, account == action.account)
    expected = choose(is_named, action.enabled, before.roles.get((role, account)))
    rise = choose(action.role == Role.REVIEWER, 1, 0)
    return all_of(
        after.roles.get((role, account)) == expected, after.review_epoch == before.review_epoch + rise
    )


@declare("EXECUTE-COUNCIL", Kind.STEP, ("governance",), (103, 114), calls=(Execute,), every=("account",))
def the_council_is_set_as_named(observed: Observed, account: int) -> bool:
    """Setting the council adds or removes one member, counts it exactly, and begins an epoch."""
    before, after = observed.before, observed.after
    if not effect_of(observed, CouncilSet):
        return are_kept(observed, DECIDED[CouncilSet])
    action = before.proposals.get(observed.call.proposal).action
    change = after.council.get(action.account) - before.council.get(action.account)
    expected = choose(account == action.account, action.enabled, before.council.get(account))
    return all_of(
        after.council.get(account) == expected,
        after.council_size == before.council_size + change,
        after.council_threshold == action.threshold,
        after.council_epoch == before.council_epoch + 1,
    )


@declare("EXECUTE-FEEDER", Kind.STEP, ("governance",), (110, 115), calls=(Execute,), every=("seat",))
def a_feeder_is_seated_as_named(observed: Observed, seat: int) -> bool:
    """Setting a feeder changes one seat, from now on."""
    before, after = observed.before, observed.after
    if not effect_of(observed, FeederSet):
        return are_kept(observed, DECIDED[FeederSet])
    action = before.proposals.get(observed.call.proposal).action
    is_named, now = seat == action.number, observed.context.timestamp
    return all_of(
        after.feeders.get(seat) == choose(is_named, action.account, before.feeders.get(seat)),
        after.seated_at.get(seat) == choose(is_named, now, before.seated_at.get(seat)),
    )


@declare(
    "EXECUTE-JURISDICTION", Kind.STEP, ("governance",), (110,), calls=(Execute,), every=("jurisdiction",)
)
def a_jurisdiction_is_set_as_named(observed: Observed, jurisdiction: int) -> bool:
    """Setting a jurisdiction changes that one."""
    before, after = observed.before, observed.after
    if not effect_of(observed, JurisdictionSet):
        return are_kept(observed, DECIDED[JurisdictionSet])
    action = before.proposals.get(observed.call.proposal).action
    old = before.jurisdictions.get(jurisdiction)
    expected = choose(jurisdiction == action.number, action.enabled, old)
    return after.jurisdictions.get(jurisdiction) == expected


@declare("EXECUTE-FEES", Kind.STEP, ("governance",), (53, 110), calls=(Execute,))
def fees_are_set_as_named(observed: Observed) -> bool:
    """Setting fees sets the two floors as proposed."""
    if not effect_of(observed, FeesSet):
        return are_kept(observed, DECIDED[FeesSet])
    action, after = observed.before.proposals.get(observed.call.proposal).action, observed.after
    return all_of(
        after.interest_fee_floor == action.interest_fee_floor,
        after.origination_fee_floor == action.origination_fee_floor,
    )


@declare("EXECUTE-PRODUCT", Kind.STEP, ("governance",), (107, 110), calls=(Execute,))
def a_product_is_set_as_named(observed: Observed) -> bool:
    """Setting a product replaces the one of the number, or adds the next one, exactly as proposed."""
    if not effect_of(observed, ProductSet):
        return are_kept(observed, DECIDED[ProductSet])
    before, after = observed.before, observed.after
    action = before.proposals.get(observed.call.proposal).action
    count = before.product_count + choose(action.number == 0, 1, 0)
    number = choose(action.number == 0, count, action.number)
    return all_of(after.product_count == count, after.products.get(number) is action.product)


@declare("EXECUTE-POLICY", Kind.STEP, ("governance", "facility"), (110,), calls=(Execute,))
def a_policy_is_set_as_named(observed: Observed) -> bool:
    """Setting a facility's policy changes the four figures of that policy, and no other of the facility."""
    if not effect_of(observed, FacilityPolicySet):
        return are_kept(observed, ("facilities",))
    action = observed.before.proposals.get(observed.call.proposal).action
    old = observed.before.facilities.get(action.number)
    new = observed.after.facilities.get(action.number)
    named = (action.enabled, action.deposit_cap, action.cover_ratio, action.concentration_limit)
    others = [item.name for item in fields(old) if item.name not in POLICY]
    return all_of(
        *(getattr(new, name) == figure for name, figure in zip(POLICY, named, strict=True)),
        *(getattr(new, name) is getattr(old, name) for name in others),
    )
