"""Properties of what a call does: who is debited, what moves, what changes and what never does."""

from lien.invariants.properties.base import Kind, Observed, declare, is_one_of
from lien.protocol.accrual import catch_up
from lien.protocol.aggregate import accrued_interest
from lien.protocol.algebra import all_of, any_of, choose, equivalent, implies, maximum, negate, scale
from lien.protocol.arithmetic import multiply_divide_down, multiply_divide_up, quotient_up
from lien.protocol.calendar import day_of
from lien.protocol.state import Facility, Loan, State
from lien.protocol.valuation import net_assets
from lien.protocol.waterfall import compute_payoff
from lien.spec.agreement import Accept, Cancel, Countersign, Offer
from lien.spec.assets import Claim, Claimed, ClaimRecorded, Transfer
from lien.spec.call import Call
from lien.spec.disbursement import Disburse
from lien.spec.facility import Deposit, OpenFacility, Redeem
from lien.spec.liquidation import DeclareDefault
from lien.spec.repayment import Repay
from lien.spec.types import LIVE, TERMINAL, LoanStatus
from lien.spec.units import UNIT, VIRTUAL_ASSETS, VIRTUAL_SHARES, WAD

ON_A_LOAN = (Accept, Countersign, Cancel, Disburse, Repay, DeclareDefault)
ON_A_FACILITY = (Deposit, Redeem, Disburse, Repay, DeclareDefault)
ARROWS: dict[type[Call], dict[LoanStatus, tuple[LoanStatus, ...]]] = {
    Accept: {LoanStatus.OFFERED: (LoanStatus.ACCEPTED,)},
    Countersign: {LoanStatus.ACCEPTED: (LoanStatus.AGREED,)},
    Cancel: dict.fromkeys(
        (LoanStatus.OFFERED, LoanStatus.ACCEPTED, LoanStatus.AGREED), (LoanStatus.CANCELLED,)
    ),
    Disburse: {LoanStatus.AGREED: (LoanStatus.ACTIVE,)},
    Repay: {
        LoanStatus.ACTIVE: (*LIVE, LoanStatus.SETTLED),
        LoanStatus.OVERDUE: (*LIVE, LoanStatus.SETTLED),
        LoanStatus.DEFAULTED: (LoanStatus.DEFAULTED, LoanStatus.SETTLED),
    },
    DeclareDefault: dict.fromkeys((LoanStatus.ACTIVE, LoanStatus.OVERDUE), (LoanStatus.DEFAULTED,)),
}


def loans_of(observed: Observed) -> tuple[Loan, Loan]:
    """Return the loan of a call, before and after."""
    number = observed.call.loan
    return observed.before.loans.get(number), observed.after.loans.get(number)


def today_of(observed: Observed) -> int:
    """Return the day of the call."""
    return day_of(observed.context.timestamp)


def balance_change(observed: Observed, asset: int, account: int) -> int:
    """Return by how much an account's balance rose."""
    key = (asset, account)
    return observed.after.ledger.balances.get(key) - observed.before.ledger.balances.get(key)


def claim_change(observed: Observed, asset: int, account: int) -> int:
    """Return by how much an account's claim rose."""
    key = (asset, account)
    return observed.after.ledger.claims.get(key) - observed.before.ledger.claims.get(key)


def received(observed: Observed, asset: int, account: int) -> int:
    """Return what an account received, as balance or as claim."""
    return balance_change(observed, asset, account) + claim_change(observed, asset, account)


def debt(loan: Loan) -> int:
    """Return what is owed on a loan that is caught up, each figure rounded up, less the credit."""
    interest = quotient_up(loan.interest, UNIT) + quotient_up(loan.default_interest, UNIT)
    return loan.principal + interest + loan.late_fees


# --- who is debited ---------------------------------------------------------------------------------


@declare("DEBIT-AUTHORISED", Kind.STEP, ("assets", "agreement"), (105,), every=("asset", "account"))
def debits_are_authorised(observed: Observed, asset: int, account: int) -> bool:
    """A balance falls only by its owner's call or signature, or because the protocol pays out."""
    context, settings = observed.context, observed.before.settings
    may = any_of(
        account == context.sender, account == settings.protocol, signed_acceptance(observed, account)
    )
    return implies(balance_change(observed, asset, account) < 0, may)


def signed_acceptance(observed: Observed, account: int) -> bool:
    """Return whether the account signed the acceptance that the call hands in."""
    return isinstance(observed.call, Accept) and account == observed.context.signer


@declare("SHARES-AUTHORISED", Kind.STEP, ("facility",), (105, 40), every=("facility", "account"))
def shares_fall_by_redemption(observed: Observed, facility: int, account: int) -> bool:
    """A lender's shares fall only by their own redemption, and others' shares never change."""
    key = (facility, account)
    change = observed.after.shares.get(key) - observed.before.shares.get(key)
    if isinstance(observed.call, (Deposit, Redeem)):
        is_own = all_of(observed.call.facility == facility, observed.context.sender == account)
        return any_of(change == 0, is_own)
    return change == 0


@declare("REFUSED-IS-NOT-PAID", Kind.STEP, ("assets",), (112,), every=("asset", "account"))
def refused_payees_receive_nothing(observed: Observed, asset: int, account: int) -> bool:
    """A token never pays whom it refuses."""
    is_refused = observed.before.ledger.refusals.get((asset, account)) == 1
    return implies(
        all_of(is_refused, account != observed.before.settings.protocol),
        balance_change(observed, asset, account) <= 0,
    )


@declare("TIME-MONOTONE", Kind.STEP, ("assets",), (47,))
def time_never_runs_backward(observed: Observed) -> bool:
    """An accepted call is not older than the one before it, and the state keeps its time."""
    is_later = observed.after.timestamp >= observed.before.timestamp
    return all_of(
        is_later, implies(observed.accepted, observed.after.timestamp == observed.context.timestamp)
    )


# --- assets -----------------------------------------------------------------------------------------


@declare("TRANSFER-EXACT", Kind.STEP, ("assets",), (26,), calls=(Transfer,), every=("asset", "account"))
def transfer_is_exact(observed: Observed, asset: int, account: int) -> bool:
    """A transfer moves exactly its amount from the sender to the recipient; third parties are unchanged."""
    call, sender = observed.call, observed.context.sender
    moved = choose(all_of(asset == call.asset, observed.accepted), call.amount, 0)
    expected = choose(account == call.recipient, moved, 0) - choose(account == sender, moved, 0)
    return balance_change(observed, asset, account) == expected


@declare(
    "DONATION-RECORDS-NOTHING",
    Kind.STEP,
    ("assets", "facility"),
    (72,),
    calls=(Transfer,),
    every=("asset", "account"),
)
def donation_records_nothing(observed: Observed, asset: int, account: int) -> bool:
    """A transfer, to the protocol too, changes no recorded figure: no cash, no claim, no share price."""
    before, after = observed.before, observed.after
    return all_of(
        after.ledger.holdings.get(asset) == before.ledger.holdings.get(asset),
        claim_change(observed, asset, account) == 0,
        after.facilities is before.facilities,
        after.shares is before.shares,
        after.loans is before.loans,
    )


@declare("CLAIM-PAID-ONCE", Kind.STEP, ("assets",), (65,), calls=(Claim,))
def claim_is_paid_once(observed: Observed) -> bool:
    """A claim is paid out wholly and is then zero."""
    call, key = observed.call, (observed.call.asset, observed.context.sender)
    claimed = observed.before.ledger.claims.get(key)
    return implies(
        observed.accepted,
        all_of(
            claimed > 0,
            observed.after.ledger.claims.get(key) == 0,
            balance_change(observed, call.asset, call.recipient) == claimed,
        ),
    )


@declare("CLAIM-GROWS-BY-REFUSAL", Kind.STEP, ("assets",), (94,), every=("asset", "account"))
def claims_grow_by_refusal(observed: Observed, asset: int, account: int) -> bool:
    """A claim grows only where the token refuses the payee, and falls only by its owner's claim."""
    change = claim_change(observed, asset, account)
    is_refused = observed.before.ledger.refusals.get((asset, account)) == 1
    is_own = isinstance(observed.call, Claim) and account == observed.context.sender
    return all_of(implies(change > 0, is_refused), implies(change < 0, is_own))


@declare("CLAIM-LOGGED", Kind.STEP, ("assets",), (), every=("asset", "account"))
def claims_follow_from_events(observed: Observed, asset: int, account: int) -> bool:
    """A claim changes by exactly what the events say: what is recorded of it, less what is paid out."""
    told = 0
    for event in observed.events:
        if isinstance(event, (ClaimRecorded, Claimed)):
            amount = event.amount if isinstance(event, ClaimRecorded) else 0 - event.amount
            told = told + choose(all_of(event.asset == asset, event.claimant == account), amount, 0)
    return claim_change(observed, asset, account) == told


# --- facilities -------------------------------------------------------------------------------------


def has_no_lower_price(before: State, after: State, facility: int, day: int) -> bool:
    """Return whether a share is worth at least as much as before, on a day, to the last digit."""
    old, new = before.facilities.get(facility), after.facilities.get(facility)
    old_assets, new_assets = net_assets(old, day) + VIRTUAL_ASSETS, net_assets(new, day) + VIRTUAL_ASSETS
    return new_assets * (old.shares + VIRTUAL_SHARES) >= old_assets * (new.shares + VIRTUAL_SHARES)


@declare("PRICE-DEPOSIT", Kind.STEP, ("facility",), (29, 39, 44), calls=(Deposit,))
def deposit_lowers_no_price(observed: Observed) -> bool:
    """A deposit never lowers the share price at which it was made."""
    if not observed.accepted:
        return True
    return has_no_lower_price(observed.before, observed.after, observed.call.facility, today_of(observed) + 1)


@declare("PRICE-REDEEM", Kind.STEP, ("facility",), (29, 39, 44), calls=(Redeem,))
def redemption_lowers_no_price(observed: Observed) -> bool:
    """A redemption never lowers the share price at which it was made."""
    if not observed.accepted:
        return True
    return has_no_lower_price(observed.before, observed.after, observed.call.facility, today_of(observed))


@declare("EARNED-EXACT", Kind.STEP, ("facility", "repayment"), (43, 82), calls=(Repay,))
def payment_moves_interest_exactly(observed: Observed) -> bool:
    """A payment turns accrued contract interest into paid, to the numerator.

    What it rounds up stays with the lenders.
    """
    if not observed.accepted:
        return True
    loan, after = loans_of(observed)
    day = today_of(observed)
    caught_up = catch_up(loan, day)
    old, new = observed.before.facilities.get(loan.facility), observed.after.facilities.get(loan.facility)
    if LoanStatus.DEFAULTED in (loan.status, caught_up.status):
        return True
    counted = 0 if after.status == LoanStatus.SETTLED else after.interest
    moved = (after.interest_paid - loan.interest_paid) * UNIT
    return earned(new, day) - earned(old, day) == moved + counted - caught_up.interest


def earned(facility: Facility, day: int) -> int:
    """Return all contract interest of a facility, paid or accrued, as a numerator."""
    return facility.interest_paid * UNIT + accrued_interest(facility, day)


@declare("PRICE-REPAY", Kind.STEP, ("facility", "repayment"), (44, 45), calls=(Repay,))
def payment_lowers_no_net_assets(observed: Observed) -> bool:
    """A payment lowers no facility's net assets, unless it finds the loan in default for the first time."""
    if not observed.accepted:
        return True
    loan, day = observed.before.loans.get(observed.call.loan), today_of(observed)
    if loan.status != LoanStatus.DEFAULTED and catch_up(loan, day).status == LoanStatus.DEFAULTED:
        return True
    old, new = observed.before.facilities.get(loan.facility), observed.after.facilities.get(loan.facility)
    return net_assets(new, day) >= net_assets(old, day)


@declare("PRICE-DISBURSE", Kind.STEP, ("facility", "disbursement"), (44, 81), calls=(Disburse,))
def disbursement_keeps_net_assets(observed: Observed) -> bool:
    """A disbursement turns cash into principal and leaves net assets as they were."""
    if not observed.accepted:
        return True
    facility, day = observed.before.loans.get(observed.call.loan).facility, today_of(observed)
    old, new = observed.before.facilities.get(facility), observed.after.facilities.get(facility)
    return net_assets(new, day) == net_assets(old, day)


@declare("REDEEM-FROM-CASH", Kind.STEP, ("facility",), (36, 102, 38), calls=(Redeem,))
def redemption_is_paid_from_cash(observed: Observed) -> bool:
    """A redemption pays something, at most the idle cash, and burns exactly the shares named."""
    if not observed.accepted:
        return True
    call = observed.call
    old, new = observed.before.facilities.get(call.facility), observed.after.facilities.get(call.facility)
    paid = old.cash - new.cash
    return all_of(
        paid > 0,
        paid >= call.minimum_amount,
        new.cash >= 0,
        old.shares - new.shares == call.shares,
        received(observed, old.asset, observed.context.sender) == paid,
    )


@declare("DEPOSIT-EXACT", Kind.STEP, ("facility",), (38, 30), calls=(Deposit,))
def deposit_is_exact(observed: Observed) -> bool:
    """A deposit takes exactly its amount and gives at least the shares asked for, never none."""
    if not observed.accepted:
        return True
    call = observed.call
    old, new = observed.before.facilities.get(call.facility), observed.after.facilities.get(call.facility)
    bought = new.shares - old.shares
    return all_of(
        bought > 0,
        bought >= call.minimum_shares,
        new.cash - old.cash == call.amount,
        balance_change(observed, old.asset, observed.context.sender) == 0 - call.amount,
    )


@declare("TREASURY-SHARE", Kind.STEP, ("facility", "repayment"), (37, 53), calls=(Repay,))
def treasury_takes_its_share(observed: Observed) -> bool:
    """The treasury takes something only up to the floor of its share of all contract interest paid."""
    if not observed.accepted:
        return True
    facility = observed.before.loans.get(observed.call.loan).facility
    old, new = observed.before.facilities.get(facility), observed.after.facilities.get(facility)
    share = multiply_divide_down(new.interest_paid, new.interest_fee, WAD)
    return new.treasury_taken == maximum(old.treasury_taken, share)


@declare("FACILITY-FIXED", Kind.STEP, ("facility",), (107,), calls=ON_A_FACILITY)
def facility_identity_is_fixed(observed: Observed) -> bool:
    """What was fixed when a facility was opened never changes."""
    if not observed.accepted:
        return True
    call, before = observed.call, observed.before
    number = call.facility if isinstance(call, (Deposit, Redeem)) else before.loans.get(call.loan).facility
    old, new = before.facilities.get(number), observed.after.facilities.get(number)
    return all_of(new.asset == old.asset, new.servicer == old.servicer, new.interest_fee == old.interest_fee)


@declare("NUMBERS-CONSECUTIVE", Kind.STEP, ("facility", "agreement"), (107, 94))
def numbers_are_consecutive(observed: Observed) -> bool:
    """Facilities and loans are numbered one after the other, by their own calls alone."""
    before, after = observed.before, observed.after
    opened = 1 if isinstance(observed.call, OpenFacility) and observed.accepted else 0
    offered = 1 if isinstance(observed.call, Offer) and observed.accepted else 0
    return all_of(
        after.facility_count == before.facility_count + opened,
        after.loan_count == before.loan_count + offered,
    )


# --- the life of a loan -----------------------------------------------------------------------------


@declare(
    "STATUS-ARROWS",
    Kind.STEP,
    ("agreement", "disbursement", "repayment", "liquidation"),
    (104, 97),
    calls=ON_A_LOAN,
)
def status_follows_the_arrows(observed: Observed) -> bool:
    """A loan's status changes only along the arrows of its life; terminal is terminal for every call."""
    if not observed.accepted:
        return True
    loan, after = loans_of(observed)
    allowed = ARROWS[type(observed.call)].get(LoanStatus(loan.status), ())
    return is_one_of(after.status, allowed)


@declare("TERMS-FIXED", Kind.STEP, ("agreement",), (107,), calls=ON_A_LOAN)
def terms_never_change(observed: Observed) -> bool:
    """The facility, the borrower and the terms of a loan never change."""
    if not observed.accepted:
        return True
    loan, after = loans_of(observed)
    return all_of(after.terms is loan.terms, after.facility == loan.facility, after.borrower == loan.borrower)


@declare("SIGNED-BY-BOTH", Kind.STEP, ("agreement",), (106,), calls=(Accept, Countersign))
def agreement_is_signed(observed: Observed) -> bool:
    """Accepting needs the borrower's signature, countersigning the servicer's, each before its deadline."""
    if not observed.accepted:
        return True
    loan, _ = loans_of(observed)
    servicer = observed.before.facilities.get(loan.facility).servicer
    signer = loan.borrower if isinstance(observed.call, Accept) else servicer
    return all_of(
        observed.context.signer == signer,
        observed.context.timestamp < observed.call.deadline,
        loan.borrower != servicer,
    )


@declare("NONCE-USED-ONCE", Kind.STEP, ("agreement",), (106,), every=("account", "loan"))
def nonce_rises_on_use(observed: Observed, account: int, loan: int) -> bool:
    """A nonce rises by one exactly when its signature is used, and no other nonce changes."""
    key = (account, loan)
    change = observed.after.nonces.get(key) - observed.before.nonces.get(key)
    if isinstance(observed.call, (Accept, Countersign)) and observed.accepted:
        is_used = all_of(account == observed.context.signer, loan == observed.call.loan)
        return change == choose(is_used, 1, 0)
    return change == 0


@declare("ESCROW-EXACT", Kind.STEP, ("agreement",), (3, 79), calls=(Accept,))
def escrow_takes_the_collateral(observed: Observed) -> bool:
    """Acceptance locks exactly the collateral of the terms, out of the borrower's balance."""
    if not observed.accepted:
        return True
    loan, after = loans_of(observed)
    taken = balance_change(observed, loan.terms.collateral_asset, loan.borrower)
    return all_of(after.collateral == loan.terms.collateral_amount, taken == 0 - after.collateral)


@declare("RELEASE-WHOLE", Kind.STEP, ("agreement", "settlement"), (119, 69), calls=ON_A_LOAN)
def collateral_leaves_wholly(observed: Observed) -> bool:
    """Collateral leaves escrow only wholly, at zero debt or by cancellation, and goes to the borrower."""
    if not observed.accepted:
        return True
    loan, after = loans_of(observed)
    falls = after.collateral < loan.collateral
    has_ended = is_one_of(after.status, TERMINAL)
    owes_nothing = all_of(after.principal == 0, after.interest == 0, after.late_fees == 0)
    return implies(falls, all_of(after.collateral == 0, has_ended, owes_nothing))


@declare("RELEASE-TO-BORROWER", Kind.STEP, ("agreement", "settlement"), (119,), calls=(Cancel,))
def collateral_returns_to_the_borrower(observed: Observed) -> bool:
    """Cancellation returns to the borrower exactly the collateral that was in escrow."""
    if not observed.accepted:
        return True
    loan, _ = loans_of(observed)
    return received(observed, loan.terms.collateral_asset, loan.borrower) == loan.collateral


@declare("DISBURSE-EXACT", Kind.STEP, ("disbursement",), (26, 99), calls=(Disburse,))
def disbursement_pays_the_principal(observed: Observed) -> bool:
    """Borrower and treasury receive the principal between them, the fee rounded up, out of idle cash."""
    if not observed.accepted:
        return True
    loan, after = loans_of(observed)
    old, new = observed.before.facilities.get(loan.facility), observed.after.facilities.get(loan.facility)
    treasury, principal = observed.before.settings.treasury, loan.terms.principal
    fee = multiply_divide_up(principal, loan.terms.origination_fee_rate, WAD)
    is_one = loan.borrower == treasury
    return all_of(
        received(observed, old.asset, loan.borrower) == choose(is_one, principal, principal - fee),
        received(observed, old.asset, treasury) == choose(is_one, principal, fee),
        old.cash - new.cash == principal,
        after.principal == principal,
        after.disbursed_day == today_of(observed),
    )


@declare("DISBURSE-IN-WINDOW", Kind.STEP, ("disbursement",), (77,), calls=(Disburse,))
def disbursement_is_in_the_window(observed: Observed) -> bool:
    """A loan is disbursed on a day of its window, when it is agreed: at most once."""
    if not observed.accepted:
        return True
    loan, _ = loans_of(observed)
    today = today_of(observed)
    return all_of(
        loan.status == LoanStatus.AGREED,
        loan.terms.window_start_day <= today,
        today <= loan.terms.window_end_day,
    )


# --- repayment --------------------------------------------------------------------------------------


def taken_of(observed: Observed) -> int:
    """Return what a payment took, as the facility's cash and the treasury's share."""
    facility = observed.before.loans.get(observed.call.loan).facility
    old, new = observed.before.facilities.get(facility), observed.after.facilities.get(facility)
    return new.cash - old.cash + new.treasury_taken - old.treasury_taken


@declare("REPAY-AT-MOST", Kind.STEP, ("repayment",), (119, 92), calls=(Repay,), early=True)
def payment_takes_what_is_owed(observed: Observed) -> bool:
    """A payment takes nothing negative, at most what was offered, and at most what is owed."""
    if not observed.accepted:
        return True
    caught_up = catch_up(observed.before.loans.get(observed.call.loan), today_of(observed))
    taken = taken_of(observed)
    return all_of(taken >= 0, taken <= observed.call.amount, taken <= compute_payoff(caught_up).taken)


@declare("REPAY-EXACT", Kind.STEP, ("repayment",), (92, 97), calls=(Repay,))
def debt_falls_by_what_was_taken(observed: Observed) -> bool:
    """What is owed falls by exactly what was taken, less the prepayment fee."""
    if not observed.accepted:
        return True
    loan, after = loans_of(observed)
    caught_up = catch_up(loan, today_of(observed))
    fee = after.prepayment_fees - caught_up.prepayment_fees
    return all_of(debt(caught_up) - debt(after) == taken_of(observed) - fee, fee >= 0)


@declare("REPAY-SETTLES", Kind.STEP, ("repayment", "settlement"), (97, 119, 93), calls=(Repay,))
def settled_exactly_at_zero_debt(observed: Observed) -> bool:
    """A loan is settled exactly when nothing is owed, by the payment that covers everything."""
    if not observed.accepted:
        return True
    loan, after = loans_of(observed)
    caught_up = catch_up(loan, today_of(observed))
    covers = observed.call.amount >= compute_payoff(caught_up).taken
    is_settled = after.status == LoanStatus.SETTLED
    return all_of(
        equivalent(is_settled, covers),
        equivalent(is_settled, after.principal == 0),
        implies(is_settled, debt(after) == 0),
    )


@declare("REPAY-REFERENCE", Kind.STEP, ("repayment",), (65, 106), calls=(Repay,), every=("account",))
def reference_is_used_once(observed: Observed, account: int) -> bool:
    """A payment reference is used once by each payer for each loan, and nobody uses up another's."""
    key = (account, observed.call.loan, observed.call.reference)
    used = observed.after.references.get(key) - observed.before.references.get(key)
    return used == choose(all_of(observed.accepted, account == observed.context.sender), 1, 0)


@declare("REPAY-KEEPS-PRINCIPAL", Kind.STEP, ("repayment",), (66,), calls=(Repay,))
def payment_leaves_principal(observed: Observed) -> bool:
    """A payment that does not settle leaves principal; paying ahead of time leaves at least the minimum."""
    if not observed.accepted:
        return True
    loan, after = loans_of(observed)
    is_open = negate(after.status == LoanStatus.SETTLED)
    paid_ahead = after.prepaid > loan.prepaid
    return all_of(
        implies(is_open, after.principal >= 1),
        implies(all_of(is_open, paid_ahead), after.principal >= loan.terms.minimum_principal),
    )


@declare(
    "DEFAULT-STOPS-ACCRUAL", Kind.STEP, ("liquidation", "facility"), (84, 49), calls=(Repay, DeclareDefault)
)
def default_stops_accrual(observed: Observed) -> bool:
    """A loan that a call leaves in default, or settled, accrues nothing for its facility."""
    if not observed.accepted:
        return True
    loan, after = loans_of(observed)
    old, new = observed.before.facilities.get(loan.facility), observed.after.facilities.get(loan.facility)
    was_accruing = is_one_of(loan.status, (LoanStatus.ACTIVE, LoanStatus.OVERDUE))
    stops = is_one_of(after.status, (LoanStatus.DEFAULTED, LoanStatus.SETTLED))
    slope = choose(was_accruing, scale(loan.principal, loan.terms.rate), 0)
    return implies(stops, sum(old.slopes) - sum(new.slopes) == slope)


@declare("DEFAULT-DERIVED", Kind.STEP, ("liquidation",), (68, 77), calls=(Repay, DeclareDefault))
def default_follows_the_dates(observed: Observed) -> bool:
    """Whether a loan is in default is what catching up derives, whoever calls.

    A call by itself makes no default.
    """
    if not observed.accepted:
        return True
    loan, after = loans_of(observed)
    derived = catch_up(loan, today_of(observed)).status == LoanStatus.DEFAULTED
    return implies(after.status == LoanStatus.DEFAULTED, derived)
