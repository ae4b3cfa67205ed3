"""Say why a property that other lending protocols prove or test cannot apply to this one.

Each stands under the number by which properties name what they cover (`peers`).
"""

PEERS = 121  # how many there are, numbered from one

INAPPLICABLE: dict[int, str] = {
    11: "There is no index of savings: shares are worth a part of net assets, which each call reckons anew.",
    22: "Neither follows from the other: when the last lender leaves, the part of the virtual shares is left "
    "over, and after a total loss there are shares of nothing, on which no deposit is taken.",
    60: "A liquidation names what it repays, never what it seizes, so that there are no two ways to compare.",
    75: "Nobody locks a bond: who starts an auction or liquidates risks nothing but what they pay.",
    78: "Lenders own shares of a pool, not loans: a borrower who deposits owns a part of all its loans, and "
    "owes their own wholly all the same.",
    116: "A call is one function from a state to the next, and tokens that call back are out of scope: "
    "nothing looks at, or calls into, the middle of it.",
    118: "Idle cash stays where it is: no facility puts it into another protocol, so there are no strategies "
    "whose losses a table could follow.",
}
