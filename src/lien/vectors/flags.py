"""Explain the flags of vectors, each with the kind of bug that its vectors catch."""

from lien.vectors.format import Note

NOTES: dict[str, Note] = {
    "story": Note(
        meaning="A step of the story on which other traces are built.",
        bug="a plain error on the way of a loan from offer to release",
    ),
    "path": Note(
        meaning="The natural call on one path: one sequence of branch decisions in the source.",
        bug="a branch that is missing, or does something else",
    ),
    "boundary-met": Note(
        meaning="A compared value is exactly at the limit at which the comparison still holds.",
        bug="a strict comparison instead of one that allows equality, or a limit off by one",
    ),
    "boundary-missed": Note(
        meaning="A compared value is the nearest one beyond the limit.",
        bug="a comparison that allows equality instead of a strict one, or a limit off by one",
    ),
    "term": Note(
        meaning="Of two amounts between which the transition chooses, another is chosen than usual.",
        bug="a cap, floor or case distinction in a computation that is missing or reversed",
    ),
    "alias": Note(
        meaning="Two roles are one and the same account.",
        bug="a balance that is read before and written after another write to the same account",
    ),
    "guard-order": Note(
        meaning="More than one guard fails, since no call was found that fails this one alone.",
        bug="guards in another order; reported apart, since a contract may well check in another order",
    ),
    "settles": Note(
        meaning="The payment covers everything and settles the loan in the same call.",
        bug="collateral that stays locked, or figures that do not all end at zero",
    ),
    "refused": Note(
        meaning="The token refuses the payee, so that the amount becomes claimable.",
        bug="a payee who can make another's call fail, or an amount that is lost",
    ),
    "signature": Note(
        meaning="A signature that is not of the document that the call needs, or not in its one form.",
        bug="a document that leaves out the nonce, the loan, the chain or more; a malleable signature",
    ),
    "rounding": Note(
        meaning="The exact result is no whole number.",
        bug="rounding to the wrong side",
    ),
    "overflow": Note(
        meaning="An operand or the product is near or beyond the width of a word.",
        bug="a product in 256 bits, or a wrapped result instead of a failure",
    ),
    "calendar": Note(
        meaning="The day is at the end of a month, of a year, or around 29 February.",
        bug="a day count that treats every month or year alike",
    ),
}

EVERY_CALL = "every call"  # of a chapter, or of that name
EVERY_REASON = "every reason"  # of a call

# Why there is no vector of a reason, none of it of one call, none of a call, or none of a chapter.
LEFT_OUT: dict[str, str] = {
    "transfer: UnknownAsset": "a transfer is sent to its token, so that there is always one",
    "SenderIsProtocol": "the protocol's account has no key and sends no call by itself",
    "TimeRunsBackward": "a block is never older than the one before it",
    "TooManyFacilities": "no trace from genesis can open all facilities",
    "TooManyLoans": "no trace from genesis can offer or disburse all loans",
    "InterestFeeBelowFloor": "no call of these chapters sets a floor",
    "disburse: CoverInsufficient": "no call of these chapters requires cover",
    "QueueFull": "no trace from genesis can use all places of a queue",
    "FacilityWorthless": "no call of these chapters makes a facility lose all its net assets",
    "FacilityDiluted": "no call of these chapters makes a facility lose nearly all its net assets",
    "AccountFrozen": "no call of these chapters freezes an account",
    f"impair: {EVERY_REASON}": "no story is told of losses yet",
    f"lift_impairment: {EVERY_REASON}": "no story is told of losses yet",
    f"write_off: {EVERY_REASON}": "no story is told of losses yet",
    f"recover: {EVERY_REASON}": "no story is told of losses yet",
    f"top_up_collateral: {EVERY_CALL}": "no story is told of collateral that is topped up yet",
    f"margin_call: {EVERY_CALL}": "genesis has no feeder, and so no price, and no story is told of one yet",
    f"liquidate: {EVERY_CALL}": "genesis has no feeder, and so no price, and no story is told of one yet",
    f"governance: {EVERY_CALL}": "genesis has no council, and no story is told of one yet",
    f"oracle: {EVERY_CALL}": "genesis has no feeder, and no story is told of one yet",
    f"identity: {EVERY_CALL}": "genesis has no attestor, and no story is told of one yet",
    f"restructure: {EVERY_CALL}": "no story is told of a restructuring yet",
    f"application: {EVERY_CALL}": "genesis has no product, and no story is told of one yet",
    f"start_auction: {EVERY_CALL}": "no story is told of an auction yet",
    f"take: {EVERY_CALL}": "no story is told of an auction yet",
}
