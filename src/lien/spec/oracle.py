"""Chapter 3: prices.

A price is base units of the loan asset for one base unit of the collateral, scaled. Feeders sit on numbered
seats; each posts what it finds, for any pair of assets. The price that counts is the lower median of the
fresh posts: those by the seat's present feeder that are not too old.

A post that moves further than the step limit, from the last usable price and from what its own seat posted
before, waits for a delay, unless so many feeders are fresh that their median needs no time to be doubted. It
is never clamped, and it is never refused: a market that falls by half in a day is followed. A post that
confirms what its seat has posted does not wait longer than that.

Requirements:

- ORACLE-1: a post by the seat's feeder, on two different listed assets, of a price above zero, is never
  rejected; only the first of a pair needs a feed number that is free.
- ORACLE-2: a post changes the price of its own seat and pair, and no other.
- ORACLE-3: the usable price is one that a feeder who still holds the seat has posted, and that is fresh.
- ORACLE-4: there is a usable price exactly when a large quorum is fresh, or a quorum is fresh and has waited.
- ORACLE-5: a move beyond the step limit is not used before its delay has passed, unless by the large quorum;
  it is measured from the last usable price and from what its own seat posted before.
- ORACLE-6: a minority of the feeders that count cannot move the usable price out of the range of the others.
- ORACLE-7: a post that confirms what its seat posted does not postpone it; a quorum that posted a delay ago
  has a price.
- ORACLE-8: the price of an asset in itself is one, and needs no feed.

Trust: the truth of a price is out of the protocol's sight. Less than half of the feeders that count can move
the price within what the others posted, and no further; where just a quorum is fresh, one of them can make
the price unusable, by silence or by a wild post, for as long as it goes on. Two of four can lower the price
to anything, and raise it no further than what the others posted. More than half can set any price: at once
where a large quorum is fresh, else after the delay, or in a series of steps within the limit. What a wrong
price can do is to let a loan be disbursed against too little collateral, or be liquidated; it can neither
stop a repayment nor raise what is owed. The council can replace a feeder, and what that feeder posted no
longer counts.
"""

from dataclasses import dataclass

from lien.spec.call import Call, Event
from lien.spec.reasons import Reason
from lien.spec.types import Account, Asset, Deadline, FeedId, Price, Seat


@dataclass(frozen=True, slots=True)
class PricePosted(Event):
    """Tell what a feeder posted, from when it is usable, and with what it was compared."""

    feed: FeedId
    collateral_asset: Asset
    loan_asset: Asset
    seat: Seat
    feeder: Account
    price: Price
    usable_at: Deadline
    reference: Price  # zero where no price was ever usable


class PostPrice(Call):
    """Post the price of a pair of assets on a seat; the first post of a pair opens its feed."""

    chapter = "oracle"
    sender = "the feeder of the seat"
    reasons = (
        Reason.NOT_FEEDER,
        Reason.UNKNOWN_ASSET,
        Reason.ASSETS_NOT_APART,
        Reason.ZERO_PRICE,
        Reason.TOO_MANY_FEEDS,
    )
    events = (PricePosted,)

    collateral_asset: Asset
    loan_asset: Asset
    seat: Seat
    price: Price
