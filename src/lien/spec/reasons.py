"""List every reason for which a call can be rejected; each is the twin of one custom error of a contract."""

from enum import Enum


class Reason(Enum):
    """Say why a call has no effect; the value is the sentence for a person."""

    # every call
    SENDER_IS_PROTOCOL = "the protocol's own account never sends a call"
    TIME_RUNS_BACKWARD = "the call is older than the one before it"

    # assets
    UNKNOWN_ASSET = "the asset is not listed"
    INSUFFICIENT_BALANCE = "the account that pays holds less than it has to pay"
    PAYEE_REFUSED = "the token refuses the payee"
    NOTHING_TO_CLAIM = "the account has nothing to claim of this asset"
    RECIPIENT_IS_PROTOCOL = "the recipient is the protocol's own account"
    NOTHING_TO_SKIM = "the protocol holds no more of this asset than it records"

    # oracle
    NOT_FEEDER = "only the feeder of the seat may post its price"
    ASSETS_NOT_APART = "collateral and loan are one asset, which needs no price"
    ZERO_PRICE = "the price is zero"
    TOO_MANY_FEEDS = "all feed numbers are used"
    PRICE_UNUSABLE = "too few fresh prices of the pair can be used now"
    # governance
    NOT_COUNCIL_MEMBER = "only a member of the council may send this call"
    NOT_GUARDIAN = "only a guardian may pause"
    NOT_PROPOSER = "only the proposer may withdraw the proposal"
    PAUSED = "what the call does is paused"
    ACCOUNT_INVALID = "the account is nobody's, or the protocol's own"
    NUMBER_INVALID = "there is no seat, jurisdiction or scope of this number"
    PRODUCT_UNSOUND = "the product's limits or least scores are not in order, or its quorum is out of range"
    TOO_MANY_PROPOSALS = "all proposal numbers are used"
    UNKNOWN_PROPOSAL = "there is no proposal of this number"
    PROPOSAL_CLOSED = "the proposal is executed or cancelled"
    ALREADY_APPROVED = "the member has approved the proposal, or all members have"
    NOT_APPROVED = "the member has not approved the proposal"
    APPROVALS_MISSING = "the proposal has fewer approvals than the threshold"
    TIMELOCK_RUNNING = "the proposal's timelock has not run"
    PROPOSAL_EXPIRED = "the proposal was not executed in time; it needs a timelock anew"
    UNKNOWN_PRODUCT = "there is no product of this number"
    TOO_MANY_PRODUCTS = "all product numbers are used"
    ALREADY_SEATED = "the account has another seat"
    COUNCIL_TOO_LARGE = "the council would have more members than its maximum"
    THRESHOLD_INVALID = "the threshold is not from one to the size of the council"
    TOO_MANY_EPOCHS = "all epoch numbers are used"
    NOT_PAUSED = "the scope is not paused"
    ALREADY_PAUSED = "the scope is paused"
    PAUSE_COOLING_DOWN = "the last pause of the scope ended too recently"

    # facility
    UNKNOWN_FACILITY = "there is no facility of this number"
    ZERO_AMOUNT = "the amount is zero"
    ZERO_SHARES = "the number of shares is zero"
    INTEREST_FEE_ABOVE_CAP = "the interest fee is above its cap"
    INTEREST_FEE_BELOW_FLOOR = "the interest fee is below the floor that the council set"
    TOO_MANY_FACILITIES = "all facility numbers are used"
    NOT_THE_LENDER = "the facility has one lender, and it is another account"
    FACILITY_WINDS_DOWN = "the facility winds down: it takes no deposit and lends no more"
    DEPOSIT_CAP_EXCEEDED = "cash and principal would pass the facility's deposit cap"
    FACILITY_DILUTED = "the facility has too many shares for its net assets and takes no deposit"
    SHARES_BELOW_MINIMUM = "the deposit buys fewer shares than asked for"
    INSUFFICIENT_SHARES = "the lender has fewer shares than named"
    DEPOSIT_TOO_RECENT = "the lender deposited too few days ago"
    QUEUE_NOT_EMPTY = "others wait in the queue of redemptions"
    AMOUNT_BELOW_MINIMUM = "the shares are worth less than asked for"
    BOOK_NOT_CURRENT = "a default may not be booked yet: the facility's book is not current"
    BOOK_IS_CURRENT = "the facility's book is current already"
    DAY_NOT_CLEAR = "a loan came to its stop day and is not booked yet"
    INSUFFICIENT_CASH = "the facility has less idle cash than the call needs"
    QUEUE_FULL = "all places of the queue of redemptions are used"
    NOT_QUEUED = "no shares wait at this place of the queue"
    NOT_REQUESTER = "another lender asked for this redemption"
    QUEUE_EMPTY = "nobody waits in the queue of redemptions"
    FACILITY_WORTHLESS = "the facility has no net assets, so that its shares are worth nothing"
    COVER_NOT_ANNOUNCED = "the amount is more than was announced"
    COVER_NOTICE_RUNNING = "the notice of the withdrawal has not ended"
    COVER_WINDOW_CLOSED = "the days for the withdrawal have ended; it needs a new notice"
    BOOK_NOT_CLEAN = "a loan of the facility is in default or impaired"
    COVER_INSUFFICIENT = "the first-loss cover is, or would be, below what the principal requires"

    # agreement
    UNKNOWN_LOAN = "there is no loan of this number"
    TOO_MANY_LOANS = "all loan numbers are used"
    NOT_SERVICER = "only the facility's servicer may send this call"
    NOT_PARTY = "only the borrower or the facility's servicer may send this call"
    BORROWER_NOT_ALLOWED = "the servicer and the protocol cannot borrow here"
    PRINCIPAL_BELOW_MINIMUM = "the principal is below the minimum principal, or that is zero"
    RATES_ABOVE_USURY_CAP = "rate and default rate together are above the usury cap"
    WINDOW_INVALID = "the disbursement window ends before it starts, or has ended"
    PERIODS_OUT_OF_RANGE = "the number of periods is not between one and the maximum"
    CYCLE_OUT_OF_RANGE = "the cycle's length is not between one and the maximum"
    MATURITY_OUT_OF_RANGE = "the maturity does not fit the due dates, or is beyond the calendar"
    GRACE_TOO_LONG = "the grace is above its maximum, or does not end before the next due date"
    PAYMENT_INVALID = "the payment does not fit the repayment kind"
    INTEREST_BELOW_UNIT = "a period could bring less than one unit of interest"
    INTEREST_ABOVE_PRINCIPAL = "a period could bring more interest than its principal"
    FEE_ABOVE_CAP = "a fee or the liquidation bonus is above its cap"
    LIMITS_NOT_ORDERED = "the loan-to-value limits do not rise in order to what the bonus allows"
    NOT_OFFERED = "the loan is not on offer"
    NOT_ACCEPTED = "the borrower has not accepted, or the agreement is already made"
    SIGNATURE_EXPIRED = "the signature's deadline has passed"
    WINDOW_CLOSED = "the disbursement window has ended"
    WRONG_SIGNER = "the signature is not by the party that must sign this loan's terms and nonce"
    NOT_CANCELLABLE = "the loan is disbursed or ended"
    AGREEMENT_BINDING = "an agreement binds until its disbursement window has ended"

    # disbursement
    NOT_AGREED = "the loan is not agreed, or was disbursed before"
    WINDOW_NOT_OPEN = "the disbursement window has not begun"
    FACILITY_FULL = "the facility's principal outstanding would pass the maximum"

    # repayment
    NOT_LIVE = "the loan has no debt: it was not disbursed, or has ended"
    DUPLICATE_REFERENCE = "the payer has used this payment reference for this loan"

    # liquidation
    NOT_IN_DEFAULT = "the loan is not in default"
    DEFAULT_ALREADY_BOOKED = "the default is already booked"

    @property
    def error(self) -> str:
        """Return the name of the custom error in a contract."""
        return "".join(word.capitalize() for word in self.name.split("_"))
