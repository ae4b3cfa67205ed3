"""Calls are laid out in time, repeated, filled in and sent as they are written."""

from dataclasses import replace
from datetime import date

from lien.protocol.builders import build_terms, clock_steps, percent
from lien.protocol.calendar import day_from
from lien.protocol.genesis import DOLLAR, ETHER
from lien.protocol.schedule import level_payment
from lien.protocol.views import instalment_on, payoff_on
from lien.scenario.times import show_time
from lien.spec.agreement import Offer
from lien.spec.assets import Transfer
from lien.spec.genesis import account_of
from lien.spec.repayment import Repay
from lien.spec.types import DayCount, LoanStatus, RepaymentKind
from tests.scenario.conftest import Perform

FUNDED = """
  - {call: open_facility, sender: servicer, at: 2024-01-31 09:00, asset: dUSD, interest_fee: 10 %}
  - {call: deposit, sender: lender, facility: 1, amount: 1000 dUSD}
"""
APPROVED = """
  - call: attest_identity
    sender: attestor
    account: borrower
    commitment: somebody
    jurisdiction: 756
    tier: 0
    expiry: 2030-01-01
  - {call: apply, sender: borrower, facility: 1, product: 1, amount: AMOUNT, periods: PERIODS,
     purpose: a purpose, collateral_asset: ASSET, collateral_amount: COLLATERAL, document: a document}
  - many:
      each: {who: [first_reviewer, second_reviewer]}
      calls:
        - {call: review, sender: $who, application: 1, approves: yes, rating: 60}
"""


def approved(amount: str, periods: int, collateral: str, asset: str) -> str:
    """Return the calls after which an application is approved, with a score of 500."""
    filled = APPROVED.replace("AMOUNT", amount).replace("PERIODS", str(periods))
    return filled.replace("COLLATERAL", collateral).replace("ASSET", asset)


AGREED = f"""{FUNDED}{approved("600 dUSD", 3, "0", "dUSD")}
  - call: offer
    sender: servicer
    application: 1
    terms: {{principal: 600 dUSD, kind: annuity, periods: 3, rate: 12 %, day_count: thirty_e_360}}
  - {{call: accept, sender: stranger, loan: last, signature: by borrower}}
  - {{call: countersign, sender: stranger, loan: last, signature: by servicer}}
  - {{call: disburse, sender: borrower, loan: last}}
"""
TRANSFER = "call: transfer, sender: lender, asset: dUSD, recipient: borrower"


def test_terms_that_are_left_out_are_as_usual(perform: Perform) -> None:
    """Given an offer with few terms / When it is sent / Then dates and payment follow from the others."""
    performance = perform(AGREED)
    offer = performance.calls[6].call
    start, first, last = (day_from(date(2024, month, day)) for month, day in ((1, 31), (2, 29), (4, 29)))
    terms = build_terms(
        principal=600_000_000,
        rate=percent(12),
        collateral_asset=DOLLAR,
        window_start_day=start,
        first_due_day=first,
        maturity_day=last,
        periods=3,
        kind=RepaymentKind.ANNUITY,
        day_count=DayCount.THIRTY_E_360,
    )
    payment = level_payment(terms.principal, terms.rate, clock_steps(terms, start))
    assert offer == Offer(application=1, terms=replace(terms, payment=payment))


def test_a_loan_is_repaid_by_formulas(perform: Perform) -> None:
    """Given a loan / When instalments are repeated and the rest is paid off / Then it is settled."""
    performance = perform(
        f"""{AGREED}
  - repeat:
      times: 2
      every: 29 days
      calls:
        - {{call: repay, sender: borrower, loan: 1, amount: next instalment of loan 1}}
  - {{call: repay, sender: borrower, at: +29d, loan: 1, amount: payoff of loan 1}}
"""
    )
    last = performance.calls[-1]
    assert isinstance(last.call, Repay)
    assert last.call.amount == payoff_on(last.before, 1, last.timestamp // 86_400)
    assert last.call.reference == len(performance.calls)
    assert performance.state.loans.get(1).status is LoanStatus.SETTLED


def test_what_is_kept_is_sent_where_it_is_accepted(perform: Perform) -> None:
    """Given a loan that falls due / When payments are kept up each day / Then it is paid on its due day."""
    performance = perform(
        f"""{AGREED}
  - many:
      each: {{day: ["2024-02-28", "2024-02-29", "2024-03-01"]}}
      calls:
        - keep:
            at: $day 10:00
            calls:
              - {{call: declare_default, sender: stranger, loan: $loan}}
              - {{call: repay, sender: $borrower, loan: $loan, amount: due of loan $loan}}
"""
    )
    sent = [played for played in performance.calls if show_time(played.timestamp) > "2024-02"]
    due = instalment_on(sent[0].before, 1, day_from(date(2024, 2, 29)))
    number = len(performance.calls)
    assert [(show_time(played.timestamp), played.call) for played in sent] == [
        ("2024-02-29 10:00", Repay(loan=1, amount=due, principal_ahead=0, reference=number))
    ]
    assert performance.rejections == 0


def test_a_share_of_a_formula_is_rounded_down(perform: Perform) -> None:
    """Given a third of a balance in per cent / When it is sent / Then it is the floor."""
    performance = perform(
        """
  - call: transfer
    sender: lender
    at: 2024-01-01
    asset: dETH
    recipient: stranger
    amount: 999,999.000000000000000001 dETH
  - call: transfer
    sender: lender
    asset: dETH
    recipient: stranger
    amount: 50 % of balance of lender in dETH
"""
    )
    sent = performance.calls[-1].call
    assert isinstance(sent, Transfer)
    assert sent.amount == (10**24 - 999_999 * 10**18 - 1) // 2


def test_rounds_keep_the_day_of_the_month(perform: Perform) -> None:
    """Given a step of a month from the 31st / When repeated / Then short months clip it, long ones do not."""
    performance = perform(
        f"  - {{{TRANSFER}, amount: 1, at: 2024-01-31 10:00}}\n"
        f"  - repeat: {{times: 3, every: 1 month, calls: [{{{TRANSFER}, amount: $n}}]}}\n"
        f"  - repeat: {{at: 2024-06-01, times: 2, every: 2 h, calls: [{{{TRANSFER}, amount: 5}}]}}\n"
    )
    assert [show_time(played.timestamp) for played in performance.calls] == [
        "2024-01-31 10:00",
        "2024-02-29 10:00",
        "2024-03-31 10:00",
        "2024-04-30 10:00",
        "2024-06-01 00:00",
        "2024-06-01 02:00",
    ]
    amounts = [played.call.amount for played in performance.calls if isinstance(played.call, Transfer)]
    assert amounts == [1, 1, 2, 3, 5, 5]


def test_many_fills_in_its_lists(perform: Perform) -> None:
    """Given lists / When a block is sent / Then each round has its own texts, also in a block inside."""
    performance = perform(
        f"""{FUNDED}
  - many:
      at: +1d
      each:
        who: [lender, stranger]
        much: ["1,000 dUSD", "2,000 dUSD"]
      calls:
        - many:
            times: 2
            calls:
              - call: transfer
                sender: $who
                asset: dUSD
                recipient: borrower
                amount: $much
                note: round $n
"""
    )
    sent = performance.calls[2:]
    assert [(played.sender, played.note) for played in sent] == [
        (account_of(name), f"round {number}") for name in ("lender", "stranger") for number in (1, 2)
    ]
    assert [played.call.amount for played in sent if isinstance(played.call, Transfer)] == [
        10**9,
        10**9,
        2 * 10**9,
        2 * 10**9,
    ]
    assert {show_time(played.timestamp) for played in sent} == {"2024-02-01 09:00"}


def test_time_may_run_back_where_that_is_the_point(perform: Perform) -> None:
    """Given a call that is older / When its rejection is expected / Then the next goes on from before."""
    performance = perform(
        f"  - {{{TRANSFER}, amount: 1, at: 2024-02-01}}\n"
        f"  - {{{TRANSFER}, amount: 1, at: 2024-01-01, expect: TIME_RUNS_BACKWARD}}\n"
        f"  - {{{TRANSFER}, amount: 1, at: +1d}}\n"
    )
    assert [show_time(played.timestamp)[:10] for played in performance.calls] == [
        "2024-02-01",
        "2024-01-01",
        "2024-02-02",
    ]


def test_collateral_is_that_of_the_terms(perform: Perform) -> None:
    """Given terms with collateral / When offered / Then asset and amount are as written."""
    performance = perform(
        f"""{FUNDED}{approved("100 dUSD", 4, "1.5 dETH", "dETH")}
  - call: offer
    sender: servicer
    application: 1
    terms:
      principal: 100 dUSD
      kind: Equal principal
      periods: 4
      end_of_month: yes
      first_due_day: 2024-02-29
      collateral_asset: dETH
      collateral_amount: 1.5 dETH
"""
    )
    terms = performance.state.loans.get(1).terms
    assert (terms.collateral_asset, terms.collateral_amount) == (ETHER, 15 * 10**17)
    assert (terms.payment, terms.end_of_month) == (25_000_000, 1)
    assert terms.maturity_day == day_from(date(2024, 5, 31))
