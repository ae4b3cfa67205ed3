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

    # identity
    NOT_ATTESTOR = "only an attestor may send this call"
    MAY_NOT_FREEZE = "only an attestor or a member of the council may send this call"
    OWN_ACCOUNT = "nobody attests, revokes, freezes or unfreezes their own account"
    ACCOUNT_IS_PROTOCOL = "the protocol's own account has no identity and is never frozen"
    COMMITMENT_MISSING = "the commitment is zero"
    EXPIRY_NOT_AHEAD = "the identity would have expired already"
    COMMITMENT_TAKEN = "the commitment belongs to another account"
    ACCOUNT_TAKEN = "the account has another identity, which must be revoked first"
    TOO_MANY_IDENTITIES = "all identity numbers are used"
    IDENTITY_MISSING = "the account has no identity"
    IDENTITY_EXPIRED = "the identity of the account has expired"
    JURISDICTION_NOT_ALLOWED = "borrowers of the identity's jurisdiction are not accepted"
    ACCOUNT_FROZEN = "the account is frozen"
    ACCOUNT_NOT_FROZEN = "the account is not frozen"

    # facility
    UNKNOWN_FACILITY = "there is no facility of this number"
    ZERO_AMOUNT = "the amount is zero"
    ZERO_SHARES = "the number of shares is zero"
    INTEREST_FEE_ABOVE_CAP = "the interest fee is above its cap"
    TOO_MANY_FACILITIES = "all facility numbers are used"
    FACILITY_DILUTED = "the facility has too many shares for its net assets and takes no deposit"
    SHARES_BELOW_MINIMUM = "the deposit buys fewer shares than asked for"
    INSUFFICIENT_SHARES = "the lender has fewer shares than named"
    DEPOSIT_TOO_RECENT = "the lender deposited too few days ago"
    AMOUNT_BELOW_MINIMUM = "the shares are worth less than asked for"
    INSUFFICIENT_CASH = "the facility has less idle cash than the call needs"

    # application
    UNKNOWN_PRODUCT = "there is no product of this number"
    PRODUCT_CLOSED = "the product takes no applications"
    ASSET_DIFFERS = "the product is of another asset than the facility"
    TIER_TOO_LOW = "the identity was not checked as thoroughly as the product asks"
    AMOUNT_OUTSIDE_PRODUCT = "the amount is not within the product's limits"
    COLLATERAL_MISSING = "the product is not given unsecured"
    OPEN_DEFAULT = "a loan of the identity is in default"
    TOO_MANY_LIVE_LOANS = "the identity has as many live loans as it may have"
    CONCENTRATION_EXCEEDED = "the identity would owe more of the facility's net assets than its limit"
    TOO_MANY_APPLICATIONS = "all application numbers are used"
    UNKNOWN_APPLICATION = "there is no application of this number"
    NOT_APPLICANT = "only the applicant may send this call"
    NOT_REVIEWER = "only a reviewer may send this call"
    OWN_APPLICATION = "nobody reviews an application of their own"
    RATING_OUT_OF_RANGE = "the rating is not between one and the maximum"
    APPLICATION_EXPIRED = "the application has expired"
    APPLICATION_CLOSED = "the application is over"
    APPLICATION_NOT_EXPIRED = "the application has not expired yet"
    NOT_UNDER_REVIEW = "the application is decided or over"
    ALREADY_VOTED = "the reviewer has voted on this application"

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
    GRACE_TOO_LONG = "the grace does not end before the next due date"
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
