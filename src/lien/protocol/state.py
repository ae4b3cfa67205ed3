"""Define the state: frozen records and persistent maps; a transition returns a new one and changes none."""

from dataclasses import dataclass, field, fields
from typing import Annotated, Any, get_args

from lien.protocol.maps import Figures, Records
from lien.spec.action import Action
from lien.spec.assets import ClaimRecorded, Transferred
from lien.spec.product import Product
from lien.spec.terms import Terms
from lien.spec.types import (
    Account,
    Amount,
    ApplicationId,
    ApplicationStatus,
    Asset,
    ChainId,
    Commitment,
    Count,
    Day,
    DayCount,
    Deadline,
    Epoch,
    FacilityId,
    FeedId,
    Flag,
    IdentityId,
    Jurisdiction,
    LoanId,
    LoanSlot,
    LoanStatus,
    Nonce,
    Numerator,
    Offset,
    OneEach,
    OptionalAccount,
    Place,
    Price,
    ProductId,
    ProposalId,
    ProposalStatus,
    QueuePlace,
    Rating,
    RatingPlace,
    Ratio,
    Reference,
    Role,
    Scope,
    Score,
    Seat,
    Shares,
    Slope,
    Tier,
    Timestamp,
    Total,
)
from lien.spec.units import FEED_SEATS, MAXIMUM_AMOUNT, WAD


@dataclass(frozen=True, slots=True)
class Keyed:
    """Describe a map: the types of its keys and of its entries; for records, where they are counted."""

    keys: tuple[object, ...]
    entry: object
    count: str = ""  # the field of the state that holds the number of the last record


def keyed_of(annotation: Any) -> Keyed | None:
    """Return the description of a map that an annotation carries, if it is that of a map."""
    return next((item for item in get_args(annotation) if isinstance(item, Keyed)), None)


@dataclass(frozen=True, slots=True)
class Context:
    """Say who sends a call and when; the signer is who signed the document that the call carries, if any.

    Where two sign, the second signer is who gave the call's second signature.

    The machine refuses one with a field out of the range of its type.
    """

    sender: Account
    timestamp: Timestamp
    signer: OptionalAccount = 0
    second_signer: OptionalAccount = 0


@dataclass(frozen=True, slots=True)
class Settings:
    """Fix at genesis what no call changes."""

    chain_id: ChainId
    protocol: Account  # holds all cash, collateral and claims
    treasury: Account


@dataclass(frozen=True, slots=True)
class Ledger:
    """Hold the tokens, and beside them the protocol's own figures of what it holds for others."""

    protocol: Account
    listed: Annotated[Figures, Keyed((Asset,), Flag)]
    supply: Annotated[Figures, Keyed((Asset,), Amount)]  # what genesis issued
    balances: Annotated[Figures, Keyed((Asset, Account), Amount)]
    refusals: Annotated[Figures, Keyed((Asset, Account), Flag)]  # the token refuses to pay this account
    holdings: Annotated[Figures, Keyed((Asset,), Amount)]  # recorded cash, cover, collateral and claims
    claims: Annotated[Figures, Keyed((Asset, Account), Amount)]
    frozen: Annotated[Figures, Keyed((Account,), Flag)] = field(
        default_factory=Figures
    )  # what the protocol owes this account waits as a claim
    logs: tuple[Transferred | ClaimRecorded, ...] = ()  # of the call that is being executed


NO_ACCRUAL = (0,) * len(DayCount)


@dataclass(frozen=True, slots=True)
class Facility:
    """Pool the cash of lenders in one asset, and count what they are owed.

    Contract interest accrues exactly: `carry` plus, for each day count, `slope` x clock - `offset` is the sum
    of the unpaid interest numerators of the loans that accrue.
    """

    asset: Asset
    servicer: Account
    interest_fee: Ratio  # the treasury's share of contract interest
    lender: OptionalAccount = 0  # who alone may deposit; zero: everyone
    cash: Amount = 0
    shares: Shares = 0
    principal: Amount = 0  # outstanding
    loans: Count = 0  # disbursed so far
    interest_paid: Total = 0  # contract interest, cumulative
    treasury_taken: Total = 0  # the treasury's share of it, cumulative
    accruing: Count = 0  # loans that accrue
    current_day: Day = 0  # before which no accruing loan came to its stop day
    impairment: Amount = 0  # of all loans
    slopes: Annotated[tuple[int, ...], OneEach(DayCount, Slope)] = NO_ACCRUAL
    offsets: Annotated[tuple[int, ...], OneEach(DayCount, Offset)] = NO_ACCRUAL
    carry: Numerator = 0
    # the council's policy
    is_approved: Flag = 0  # its loans count in credit records
    deposit_cap: Amount = MAXIMUM_AMOUNT  # of cash and principal together, after a deposit
    cover_ratio: Ratio = 0  # first-loss cover required, of the principal outstanding
    concentration_limit: Ratio = WAD  # of net assets, what one identity may owe
    is_winding_down: Flag = 0  # takes no deposit and lends no more
    # the queue of redemptions: the places after its head, up to its tail
    queue_head: QueuePlace = 0
    queue_tail: QueuePlace = 0
    # first-loss cover, which is no part of net assets
    cover: Amount = 0
    cover_notice_amount: Amount = 0  # that may still be withdrawn
    cover_notice_day: Day = 0
    defaulted_loans: Count = 0  # now
    # what was recovered last, and what of earlier recoveries had then not entered net assets
    recovered_amount: Amount = 0
    recovered_day: Day = 0


@dataclass(frozen=True, slots=True)
class Loan:
    """Keep what is owed on one loan, accrued up to the day `since`."""

    facility: FacilityId
    borrower: Account
    terms: Terms
    status: LoanStatus
    collateral: Amount  # in escrow
    disbursed_day: Day = 0
    period: Count = 0  # the index of the next due date
    since: Day = 0
    principal: Amount = 0
    overdue_principal: Amount = 0
    instalment: Amount = 0  # principal of the current period that is still to be paid
    interest: Numerator = 0  # unpaid contract interest; negative where it was paid ahead
    overdue_interest: Numerator = 0  # the part of it that was due and not paid
    default_interest: Numerator = 0  # unpaid
    usury_room: Numerator = 0  # what may still be charged
    late_fees: Total = 0
    prepaid: Amount = 0  # cumulative base of the prepayment fee
    prepayment_fees: Amount = 0  # cumulative
    interest_paid: Total = 0  # contract interest, cumulative
    # default
    stop_day: Day = 0  # the first day of default if nothing more is paid; zero where none is to come
    default_day: Day = 0  # the first day of the default that is there
    is_late: Flag = 0  # an instalment was not met, or was not when the loan was restructured
    has_defaulted: Flag = 0
    # an open margin call: the first day that is too late, and what cures it, the one or the other
    margin_day: Day = 0
    margin_payment: Total = 0
    margin_top_up: Total = 0  # the greatest, where no amount would do
    impairment_ratio: Ratio = 0  # of the principal, by which the loan is impaired at default
    impairment: Amount = 0  # of the principal, which the facility does not expect to get
    identity: IdentityId = 0  # the one that applied for it, whose credit record it is in
    # an auction: its round, when that began in seconds for which liquidation was open, and its price if any
    auction_round: Count = 0
    auction_started_at: Timestamp = 0
    auction_price: Price = 0
    # what was lost when the loan was written off, by whom, and what of it has come back since
    lender_loss: Amount = 0
    cover_loss: Amount = 0
    recovered: Amount = 0
    # restructuring
    restructurings: Count = 0  # so far; the sequence number of the next


NO_PRICES = (0,) * FEED_SEATS


@dataclass(frozen=True, slots=True)
class Feed:
    """Hold the last price of each seat for a pair of assets, sorted by price.

    Each entry of the tuples is that of one place. A seat that has not posted has price zero, and so stands
    before all that have.
    """

    collateral_asset: Asset
    loan_asset: Asset
    reference: Price = 0  # the last usable price that a post met
    prices: Annotated[tuple[int, ...], OneEach(Place, Price)] = NO_PRICES
    seats: Annotated[tuple[int, ...], OneEach(Place, Seat)] = tuple(range(1, FEED_SEATS + 1))
    posted_at: Annotated[tuple[int, ...], OneEach(Place, Timestamp)] = NO_PRICES
    usable_at: Annotated[tuple[int, ...], OneEach(Place, Deadline)] = NO_PRICES


@dataclass(frozen=True, slots=True)
class Proposal:
    """Keep what is proposed to the council; its approvals stand in maps, by epoch."""

    proposer: Account
    action: Action
    status: ProposalStatus = ProposalStatus.OPEN


NO_LOANS = (0,) * len(LoanSlot)


@dataclass(frozen=True, slots=True)
class Identity:
    """Keep what was attested of a person, by a commitment alone, and how they have repaid."""

    commitment: Commitment
    account: OptionalAccount  # to which it belongs; zero: it was revoked
    jurisdiction: Jurisdiction
    tier: Tier
    expiry: Timestamp  # the first second at which it no longer holds
    # the credit record
    settled_on_time: Count = 0
    settled_late: Count = 0
    defaulted: Count = 0
    repaid_volume: Total = 0  # the principal of the loans that were settled on time
    live_loans: Annotated[tuple[int, ...], OneEach(LoanSlot, LoanId)] = NO_LOANS  # zero: free


NO_RATINGS = (0,) * len(RatingPlace)


@dataclass(frozen=True, slots=True)
class Application:
    """Keep what was applied for, and what reviewers think of it."""

    applicant: Account
    identity: IdentityId  # the applicant's when they applied
    facility: FacilityId
    product: ProductId
    amount: Amount
    periods: Count
    purpose: Reference
    collateral_asset: Asset
    collateral_amount: Amount
    document: Commitment
    applied_at: Timestamp
    epoch: Epoch  # of the reviewers whose votes are counted
    approvals: Count = 0
    rejections: Count = 0
    ratings: Annotated[tuple[int, ...], OneEach(RatingPlace, Rating)] = NO_RATINGS  # the lowest first
    status: ApplicationStatus = ApplicationStatus.APPLIED
    score: Score = 0  # until it is approved


@dataclass(frozen=True, slots=True)
class State:
    """Hold everything that the protocol knows after a call."""

    settings: Settings
    timestamp: Timestamp  # of the last call
    ledger: Ledger
    facility_count: FacilityId = 0
    facilities: Annotated[Records[Facility], Keyed((FacilityId,), Facility, "facility_count")] = field(
        default_factory=Records[Facility]
    )
    shares: Annotated[Figures, Keyed((FacilityId, Account), Shares)] = field(default_factory=Figures)
    deposit_days: Annotated[Figures, Keyed((FacilityId, Account), Day)] = field(default_factory=Figures)
    queued_shares: Annotated[Figures, Keyed((FacilityId, QueuePlace), Shares)] = field(
        default_factory=Figures
    )
    queued_by: Annotated[Figures, Keyed((FacilityId, QueuePlace), OptionalAccount)] = field(
        default_factory=Figures
    )
    loan_count: LoanId = 0
    loans: Annotated[Records[Loan], Keyed((LoanId,), Loan, "loan_count")] = field(
        default_factory=Records[Loan]
    )
    nonces: Annotated[Figures, Keyed((Account, LoanId), Nonce)] = field(default_factory=Figures)
    references: Annotated[Figures, Keyed((Account, LoanId, Reference), Flag)] = field(default_factory=Figures)
    stops: Annotated[Figures, Keyed((FacilityId, Day), Count)] = field(
        default_factory=Figures
    )  # accruing loans by stop day
    # what the council decides
    council: Annotated[Figures, Keyed((Account,), Flag)] = field(default_factory=Figures)
    council_size: Count = 0
    council_threshold: Count = 0
    roles: Annotated[Figures, Keyed((Role, Account), Flag)] = field(default_factory=Figures)
    feeders: Annotated[Figures, Keyed((Seat,), OptionalAccount)] = field(default_factory=Figures)
    seated_at: Annotated[Figures, Keyed((Seat,), Timestamp)] = field(default_factory=Figures)
    jurisdictions: Annotated[Figures, Keyed((Jurisdiction,), Flag)] = field(default_factory=Figures)
    interest_fee_floor: Ratio = 0  # the least interest fee with which a facility is opened
    origination_fee_floor: Ratio = 0  # the least origination fee that is offered
    product_count: ProductId = 0
    products: Annotated[Records[Product], Keyed((ProductId,), Product, "product_count")] = field(
        default_factory=Records[Product]
    )
    # prices
    feed_count: FeedId = 0
    feeds: Annotated[Records[Feed], Keyed((FeedId,), Feed, "feed_count")] = field(
        default_factory=Records[Feed]
    )
    feed_of: Annotated[Figures, Keyed((Asset, Asset), FeedId)] = field(default_factory=Figures)
    # how the council decides: an epoch ends with each change of the council, and its approvals with it
    council_epoch: Count = 0
    proposal_count: ProposalId = 0
    proposals: Annotated[Records[Proposal], Keyed((ProposalId,), Proposal, "proposal_count")] = field(
        default_factory=Records[Proposal]
    )
    approvals: Annotated[Figures, Keyed((ProposalId, Count, Account), Flag)] = field(
        default_factory=Figures
    )  # by proposal, epoch and member
    approval_counts: Annotated[Figures, Keyed((ProposalId, Count), Count)] = field(default_factory=Figures)
    ready_at: Annotated[Figures, Keyed((ProposalId, Count), Deadline)] = field(
        default_factory=Figures
    )  # by proposal and epoch: when the timelock has run; zero while approvals are missing
    # what the guardian pauses
    paused_until: Annotated[Figures, Keyed((Scope,), Deadline)] = field(
        default_factory=Figures
    )  # when the last pause of a scope ends, or has ended
    liquidation_closed_from: Timestamp = 0  # the last time that liquidation was closed, or is
    liquidation_closed_until: Deadline = 0
    liquidation_closed_before: Timestamp = 0  # the closed seconds of all earlier times
    # who may borrow
    identity_count: IdentityId = 0
    identities: Annotated[Records[Identity], Keyed((IdentityId,), Identity, "identity_count")] = field(
        default_factory=Records[Identity]
    )
    identity_of: Annotated[Figures, Keyed((Account,), IdentityId)] = field(default_factory=Figures)
    identity_by_commitment: Annotated[Figures, Keyed((Commitment,), IdentityId)] = field(
        default_factory=Figures
    )
    # who has applied
    application_count: ApplicationId = 0
    applications: Annotated[
        Records[Application], Keyed((ApplicationId,), Application, "application_count")
    ] = field(default_factory=Records[Application])
    review_epoch: Epoch = 0  # rises when the reviewers change, which voids open votes
    votes: Annotated[Figures, Keyed((ApplicationId, Account), Count)] = field(
        default_factory=Figures
    )  # the epoch in which the account voted, and one


COUNTS: dict[str, str] = {  # of each map of records, the figure that counts them
    item.name: keyed.count
    for item in fields(State)
    if (keyed := keyed_of(item.type)) is not None and keyed.count
}
