"""Define the state: frozen records and persistent maps; a transition returns a new one and changes none."""

from dataclasses import dataclass, field, fields
from typing import Annotated, Any, get_args

from lien.protocol.maps import Figures, Records
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
    Epoch,
    FacilityId,
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
    ProductId,
    Rating,
    RatingPlace,
    Ratio,
    Reference,
    Role,
    Score,
    Seat,
    Shares,
    Slope,
    Tier,
    Timestamp,
    Total,
)
from lien.spec.units import MAXIMUM_AMOUNT, WAD


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

    The machine refuses one with a field out of the range of its type.
    """

    sender: Account
    timestamp: Timestamp
    signer: OptionalAccount = 0


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
    holdings: Annotated[Figures, Keyed((Asset,), Amount)]  # recorded cash, collateral and claims together
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
    cash: Amount = 0
    shares: Shares = 0
    principal: Amount = 0  # outstanding
    loans: Count = 0  # disbursed so far
    interest_paid: Total = 0  # contract interest, cumulative
    treasury_taken: Total = 0  # the treasury's share of it, cumulative
    slopes: Annotated[tuple[int, ...], OneEach(DayCount, Slope)] = NO_ACCRUAL
    offsets: Annotated[tuple[int, ...], OneEach(DayCount, Offset)] = NO_ACCRUAL
    carry: Numerator = 0
    # the council's policy
    is_approved: Flag = 0  # its loans count in credit records
    deposit_cap: Amount = MAXIMUM_AMOUNT  # of cash and principal together, after a deposit
    cover_ratio: Ratio = 0  # first-loss cover required, of the principal outstanding
    concentration_limit: Ratio = WAD  # of net assets, what one identity may owe


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
    loan_count: LoanId = 0
    loans: Annotated[Records[Loan], Keyed((LoanId,), Loan, "loan_count")] = field(
        default_factory=Records[Loan]
    )
    nonces: Annotated[Figures, Keyed((Account, LoanId), Nonce)] = field(default_factory=Figures)
    references: Annotated[Figures, Keyed((Account, LoanId, Reference), Flag)] = field(default_factory=Figures)
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
