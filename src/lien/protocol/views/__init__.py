"""Answer what a front end asks, without a call: what is owed, what is due, what shares are worth.

Each answer is what the call would do on that day, since it runs the same code. All are pure; a number without
a loan or a facility is a fault of the caller. Amounts are base units, days are UTC days.
"""

from lien.protocol.views.assets import claimable
from lien.protocol.views.borrowers import (
    ScoreOutlook,
    application_status_on,
    identity_of,
    score_of,
    score_outlook,
)
from lien.protocol.views.collateral import Health, Restoration, health_at, loan_to_value_at
from lien.protocol.views.facilities import (
    amount_for_shares,
    net_assets_on,
    redeemable_shares,
    share_price_on,
    shares_for_amount,
)
from lien.protocol.views.loans import (
    NextInstalment,
    annual_cost,
    instalment_on,
    loan_on,
    next_instalment,
    payoff_on,
    planned_schedule,
    status_on,
)
from lien.protocol.views.prices import next_stale_at, price_at

__all__ = [
    "Health",
    "NextInstalment",
    "Restoration",
    "ScoreOutlook",
    "amount_for_shares",
    "annual_cost",
    "application_status_on",
    "claimable",
    "health_at",
    "identity_of",
    "instalment_on",
    "loan_on",
    "loan_to_value_at",
    "net_assets_on",
    "next_instalment",
    "next_stale_at",
    "payoff_on",
    "planned_schedule",
    "price_at",
    "redeemable_shares",
    "score_of",
    "score_outlook",
    "share_price_on",
    "shares_for_amount",
    "status_on",
]
