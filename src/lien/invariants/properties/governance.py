"""Properties of what the council and the guardian decide: products, seats, approvals, pauses."""

from lien.invariants.properties.base import Kind, declare
from lien.protocol.actions import are_floors_fit, is_account_fit, is_asset_fit, is_number_fit, is_product_fit
from lien.protocol.algebra import all_of, any_of, equivalent, implies
from lien.protocol.soundness import is_sound_product
from lien.protocol.state import Proposal, State
from lien.spec.product import Product
from lien.spec.types import Scope
from lien.spec.units import (
    FEED_SEATS,
    GOVERNANCE_TIMELOCK,
    INTEREST_FEE_CAP,
    LIQUIDATION_GRACE,
    MAXIMUM_COUNCIL,
    MAXIMUM_PAUSE,
    ORIGINATION_FEE_CAP,
)

# --- what is decided --------------------------------------------------------------------------------


@declare("PRODUCT-SOUND", Kind.ENTRY, ("governance",), (51, 95), over="products")
def products_are_sound(product: Product) -> bool:
    """A product has loans in its range, a quorum that reviewers can reach, and grades in order."""
    return is_sound_product(product)


@declare("PRODUCT-ASSET", Kind.LINK, ("governance",), (), over="products")
def products_lend_listed_assets(state: State, _: int, product: Product) -> bool:
    """A product lends an asset that is listed."""
    return state.ledger.listed.get(product.asset) == 1


@declare("FEES-CAPPED", Kind.GLOBAL, ("governance",), (53,))
def floors_are_within_the_caps(state: State) -> bool:
    """The floors of fees are within the hard caps."""
    return all_of(
        state.interest_fee_floor <= INTEREST_FEE_CAP, state.origination_fee_floor <= ORIGINATION_FEE_CAP
    )


@declare("COUNCIL-THRESHOLD", Kind.GLOBAL, ("governance",), (103,))
def threshold_can_be_reached(state: State) -> bool:
    """The threshold is from one to the council's size, which is within its maximum, if there is a council."""
    has_none = all_of(state.council_size == 0, state.council_threshold == 0)
    return all_of(
        any_of(has_none, state.council_threshold >= 1),
        state.council_threshold <= state.council_size,
        state.council_size <= MAXIMUM_COUNCIL,
    )


@declare("COUNCIL-MEMBER", Kind.LINK, ("governance",), (), over="council")
def members_are_counted(state: State, key: tuple[int, ...], figure: int) -> bool:
    """The protocol is no member of the council, and a council with a member has a size."""
    is_apart = all_of(key[0] != state.settings.protocol, state.council_size >= 1)
    return implies(figure == 1, is_apart)


@declare("ROLE-HOLDER", Kind.LINK, ("governance",), (), over="roles")
def the_protocol_has_no_role(state: State, key: tuple[int, ...], figure: int) -> bool:
    """The protocol has no role."""
    return implies(figure == 1, key[1] != state.settings.protocol)


@declare("FEEDER-SEAT", Kind.LINK, ("governance",), (115,), over="feeders")
def feeders_have_one_seat(state: State, key: tuple[int, ...], figure: int) -> bool:
    """Only seats that exist are taken, nobody has two, and the protocol has none."""
    (place,) = key
    seats = range(1, FEED_SEATS + 1)
    has_another = any_of(*(all_of(seat != place, state.feeders.get(seat) == figure) for seat in seats))
    is_seat = all_of(place >= 1, place <= FEED_SEATS)
    is_alone = equivalent(has_another, False)
    return implies(figure != 0, all_of(is_seat, is_alone, figure != state.settings.protocol))


# --- how it is decided ------------------------------------------------------------------------------


@declare("PROPOSAL-SOUND", Kind.ENTRY, ("governance",), (107,), over="proposals")
def proposals_are_sound(proposal: Proposal) -> bool:
    """What is proposed is sound by itself: its number, its product and its fees are possible."""
    action = proposal.action
    return all_of(is_number_fit(action), is_product_fit(action), are_floors_fit(action))


@declare("PROPOSAL-NAMES", Kind.LINK, ("governance",), (), over="proposals")
def proposals_name_the_possible(state: State, _: int, proposal: Proposal) -> bool:
    """No proposal appoints the protocol or nobody, or lends an asset that is not listed."""
    action = proposal.action
    return all_of(is_account_fit(action, state.settings.protocol), is_asset_fit(state, action))


def is_known(state: State, key: tuple[int, ...]) -> bool:
    """Return whether a proposal exists and an epoch has begun."""
    return all_of(key[0] >= 1, key[0] <= state.proposal_count, key[1] <= state.council_epoch)


@declare("APPROVAL-BY-MEMBER", Kind.LINK, ("governance",), (105, 114), over="approvals")
def approvals_are_by_members(state: State, key: tuple[int, ...], figure: int) -> bool:
    """Approvals are of proposals that exist; those of the present epoch are by members of the council."""
    is_present = key[1] == state.council_epoch
    is_member = state.council.get(key[2]) == 1
    return implies(figure == 1, all_of(is_known(state, key), implies(is_present, is_member)))


@declare("APPROVALS-START-THE-CLOCK", Kind.LINK, ("governance",), (114,), over="approval_counts")
def enough_approvals_start_the_timelock(state: State, key: tuple[int, ...], figure: int) -> bool:
    """No proposal has more approvals than there are members; a timelock runs exactly from the threshold on.

    Of an epoch that has ended or not begun, no approval counts.
    """
    is_present, is_enough = key[1] == state.council_epoch, figure >= state.council_threshold
    has_clock = state.ready_at.get(key) > 0
    return all_of(
        figure <= MAXIMUM_COUNCIL,
        implies(figure > 0, is_known(state, key)),
        implies(is_present, figure <= state.council_size),
        implies(all_of(is_present, figure > 0), equivalent(is_enough, has_clock)),
    )


@declare("CLOCK-NEEDS-APPROVALS", Kind.LINK, ("governance",), (114,), over="ready_at")
def a_timelock_needs_approvals(state: State, key: tuple[int, ...], figure: int) -> bool:
    """A timelock of the present epoch stands on a threshold of approvals, and ends within its length."""
    is_present = key[1] == state.council_epoch
    approvals = state.approval_counts.get(key)
    is_enough = all_of(approvals >= 1, approvals >= state.council_threshold)
    return all_of(
        implies(figure > 0, is_known(state, key)),
        implies(all_of(is_present, figure > 0), is_enough),
        figure <= state.timestamp + GOVERNANCE_TIMELOCK,
    )


# --- what is paused ---------------------------------------------------------------------------------


@declare("PAUSE-ENDS", Kind.LINK, ("governance",), (111,), over="paused_until")
def pauses_end_by_themselves(state: State, _: tuple[int, ...], figure: int) -> bool:
    """A pause ends by itself, within its maximum from now at the latest."""
    return figure <= state.timestamp + MAXIMUM_PAUSE


@declare("LIQUIDATION-CLOSED", Kind.GLOBAL, ("governance",), (111,))
def liquidation_opens_a_grace_after_its_pause(state: State) -> bool:
    """Liquidation is closed exactly from the start of its last pause until a grace after its end.

    All seconds for which it was closed earlier lie before.
    """
    begun, ended = state.liquidation_closed_from, state.liquidation_closed_until
    paused_until, earlier = state.paused_until.get(Scope.LIQUIDATION), state.liquidation_closed_before
    never = all_of(paused_until == 0, begun == 0, ended == 0, earlier == 0)
    once = all_of(begun <= paused_until, paused_until > 0, ended == paused_until + LIQUIDATION_GRACE)
    is_bounded = ended <= begun + MAXIMUM_PAUSE + LIQUIDATION_GRACE
    return all_of(any_of(never, once), is_bounded, earlier <= begun, begun <= state.timestamp)
