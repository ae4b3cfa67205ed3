"""Define the types of every quantity: one annotation gives the ABI type, the bounds and the JSON form.

pydantic reads the annotation at the edge, the ABI encoder reads it for vectors, and the executor reads it
for the range of a symbol, so that the three can never differ.
"""

import re
from dataclasses import dataclass
from enum import IntEnum
from typing import Annotated, Any, get_args

from pydantic import GetCoreSchemaHandler
from pydantic_core import core_schema

from lien.spec.units import (
    FEED_SEATS,
    LAST_EPOCH,
    MAXIMUM_AMOUNT,
    MAXIMUM_CLOCK,
    MAXIMUM_DAY,
    MAXIMUM_JURISDICTION,
    MAXIMUM_NUMBER,
    MAXIMUM_PRICE,
    MAXIMUM_RATE,
    MAXIMUM_SCORE,
    MAXIMUM_TIMESTAMP,
    MAXIMUM_TOTAL,
    WAD,
)


@dataclass(frozen=True, slots=True)
class Quantity:
    """Describe an integer: its ABI type, its inclusive range and whether people read it as hexadecimal."""

    abi: str
    minimum: int
    maximum: int
    digits: int = 0  # hexadecimal digits where the integer is an address or a hash, else zero
    names: str = ""  # what it is, where people write it in a form of its own

    def parse(self, value: object) -> object:
        """Accept an integer, or the same integer as people write it: decimal, or 0x with all its digits."""
        if isinstance(value, bool) or not isinstance(value, (int, str)):
            raise ValueError("must be an integer, or an integer written as a string")
        if isinstance(value, int):
            return value
        pattern = f"0x[0-9a-fA-F]{{{self.digits}}}" if self.digits else "-?[0-9]+"
        if re.fullmatch(pattern, value):
            return int(value, 16 if self.digits else 10)
        form = f"0x and {self.digits} hexadecimal digits" if self.digits else "a decimal integer"
        raise ValueError(f"must be {form}")

    def show(self, value: int) -> str:
        """Write the integer as people read it: decimal, or 0x with the full number of digits."""
        return f"0x{value:0{self.digits}x}" if self.digits else str(value)

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        """Check the range at the edge; write JSON as a string, since JSON numbers lose digits."""
        bounded = core_schema.int_schema(ge=self.minimum, le=self.maximum, strict=True)
        return core_schema.no_info_before_validator_function(
            self.parse,
            bounded,
            serialization=core_schema.plain_serializer_function_ser_schema(self.show, when_used="json"),
        )


@dataclass(frozen=True, slots=True)
class OneEach:
    """Describe a tuple that has one entry for each member of an enumeration, in its order."""

    index: type[IntEnum]
    entry: object

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        """Check the length and each entry at the edge."""
        return core_schema.tuple_schema([handler.generate_schema(self.entry)] * len(self.index))


def one_each_of(annotation: Any) -> OneEach | None:
    """Return the description that an annotation carries, if it is that of such a tuple."""
    return next((item for item in get_args(annotation) if isinstance(item, OneEach)), None)


Account = Annotated[int, Quantity("address", 1, 2**160 - 1, digits=40, names="account")]
OptionalAccount = Annotated[int, Quantity("address", 0, 2**160 - 1, digits=40)]  # zero: nobody
Asset = Annotated[int, Quantity("address", 1, 2**160 - 1, digits=40, names="asset")]
Reference = Annotated[int, Quantity("bytes32", 0, 2**256 - 1, digits=64)]
Commitment = Annotated[int, Quantity("bytes32", 0, 2**256 - 1, digits=64)]  # a hash of what is kept elsewhere
FacilityId = Annotated[int, Quantity("uint32", 0, MAXIMUM_NUMBER)]
LoanId = Annotated[int, Quantity("uint32", 0, MAXIMUM_NUMBER)]
FeedId = Annotated[int, Quantity("uint32", 0, MAXIMUM_NUMBER)]
ProposalId = Annotated[int, Quantity("uint32", 0, MAXIMUM_NUMBER)]
Number = Annotated[int, Quantity("uint32", 0, MAXIMUM_NUMBER)]  # of what, its place says
QueuePlace = Annotated[int, Quantity("uint32", 0, MAXIMUM_NUMBER)]  # of a redemption, counted from one
ProductId = Annotated[int, Quantity("uint32", 0, MAXIMUM_NUMBER)]
ApplicationId = Annotated[int, Quantity("uint32", 0, MAXIMUM_NUMBER)]
IdentityId = Annotated[int, Quantity("uint32", 0, MAXIMUM_NUMBER)]
Nonce = Annotated[int, Quantity("uint64", 0, 2**64 - 1)]
ChainId = Annotated[int, Quantity("uint64", 0, 2**64 - 1)]

Amount = Annotated[int, Quantity("uint128", 0, MAXIMUM_AMOUNT, names="amount")]
Total = Annotated[int, Quantity("uint256", 0, MAXIMUM_TOTAL, names="amount")]  # over all loans and all time
Shares = Annotated[int, Quantity("uint256", 0, 2**224 - 1, names="shares")]
Rate = Annotated[int, Quantity("uint64", 0, MAXIMUM_RATE, names="ratio")]
Ratio = Annotated[int, Quantity("uint64", 0, WAD, names="ratio")]
Price = Annotated[int, Quantity("uint256", 0, MAXIMUM_PRICE, names="price")]
Numerator = Annotated[int, Quantity("int256", -(2**254), 2**254)]
Slope = Annotated[int, Quantity("uint256", 0, MAXIMUM_AMOUNT * MAXIMUM_RATE)]
Offset = Annotated[int, Quantity("uint256", 0, MAXIMUM_AMOUNT * MAXIMUM_RATE * MAXIMUM_CLOCK)]
Timestamp = Annotated[int, Quantity("uint64", 0, MAXIMUM_TIMESTAMP, names="time")]
Deadline = Annotated[int, Quantity("uint64", 0, 2**64 - 1, names="time")]  # perhaps after the calendar
Day = Annotated[int, Quantity("uint32", 0, MAXIMUM_DAY, names="day")]
Days = Annotated[int, Quantity("uint32", 0, MAXIMUM_DAY)]
Count = Annotated[int, Quantity("uint32", 0, MAXIMUM_NUMBER)]
Epoch = Annotated[int, Quantity("uint32", 0, LAST_EPOCH)]  # of reviewers
Flag = Annotated[int, Quantity("bool", 0, 1)]
Jurisdiction = Annotated[int, Quantity("uint16", 1, MAXIMUM_JURISDICTION)]  # ISO 3166-1, numeric
Tier = Annotated[int, Quantity("uint8", 0, 255)]  # how thoroughly an identity was checked
Score = Annotated[int, Quantity("uint16", 0, MAXIMUM_SCORE)]
Rating = Annotated[int, Quantity("uint8", 0, 255)]  # by a reviewer; zero: none
Seat = Annotated[int, Quantity("uint8", 1, FEED_SEATS)]  # of a price feeder


class LoanStatus(IntEnum):
    """Say where a loan stands in its life; from DEFAULTED on, all principal is due."""

    OFFERED = 0
    ACCEPTED = 1
    AGREED = 2
    CANCELLED = 3
    ACTIVE = 4
    OVERDUE = 5
    DEFAULTED = 6
    AUCTION = 7
    SETTLED = 8
    WRITTEN_OFF = 9


ACCRUING = (LoanStatus.ACTIVE, LoanStatus.OVERDUE)  # for the facility
IN_DEFAULT = (LoanStatus.DEFAULTED, LoanStatus.AUCTION)
LIVE = (*ACCRUING, *IN_DEFAULT)
TERMINAL = (LoanStatus.CANCELLED, LoanStatus.SETTLED, LoanStatus.WRITTEN_OFF)


class LoanSlot(IntEnum):
    """Number the places for the live loans of one identity; there are no more."""

    FIRST = 0
    SECOND = 1
    THIRD = 2
    FOURTH = 3
    FIFTH = 4
    SIXTH = 5
    SEVENTH = 6
    EIGHTH = 7


class ApplicationStatus(IntEnum):
    """Say where an application stands; from REJECTED on it is over."""

    APPLIED = 0
    APPROVED = 1
    REJECTED = 2
    WITHDRAWN = 3
    EXPIRED = 4
    OFFERED = 5


OPEN = (ApplicationStatus.APPLIED, ApplicationStatus.APPROVED)


class RatingPlace(IntEnum):
    """Number the places for the ratings of one application, the lowest first; there are no more."""

    FIRST = 0
    SECOND = 1
    THIRD = 2
    FOURTH = 3
    FIFTH = 4


class RepaymentKind(IntEnum):
    """Say how principal falls due: at the end, in equal parts, or as the rest of a level payment.

    A balloon is an annuity whose last instalment, all that is left, opens only some days before maturity.
    """

    BULLET = 0
    INTEREST_ONLY = 1
    EQUAL_PRINCIPAL = 2
    ANNUITY = 3
    BALLOON = 4


class DayCount(IntEnum):
    """Name the clock by which interest runs (ISDA: actual/365 fixed, actual/360, 30E/360, actual/actual)."""

    ACTUAL_365 = 0
    ACTUAL_360 = 1
    THIRTY_E_360 = 2
    ACTUAL_ACTUAL = 3


class CycleUnit(IntEnum):
    """Name the unit in which due dates are spaced."""

    DAY = 0
    MONTH = 1


class Role(IntEnum):
    """Name what the council entrusts an account with; a feeder has a seat, a servicer a facility."""

    GUARDIAN = 0  # may pause
    ATTESTOR = 1  # attests, revokes and freezes
    REVIEWER = 2  # votes on applications


class Scope(IntEnum):
    """Name what a guardian can pause; payment, settlement, claims and redemption are no scope."""

    ORIGINATION = 0  # applying, offering, accepting, countersigning and disbursing
    DEPOSITS = 1  # of lenders; cover can still be put in
    LIQUIDATION = 2
    GOVERNANCE = 3  # but for resuming, and for changing guardians


ScopeNumber = Annotated[int, Quantity("uint8", 0, max(Scope))]  # a scope, as an action names it


class ProposalStatus(IntEnum):
    """Say whether a proposal can still be executed."""

    OPEN = 0
    EXECUTED = 1
    CANCELLED = 2


class Grade(IntEnum):
    """Name a band of scores, the best first; a product prices by grade."""

    A = 0
    B = 1
    C = 2
    D = 3


class Place(IntEnum):
    """Name the places of a pair's prices, from the least to the greatest."""

    FIRST = 0
    SECOND = 1
    THIRD = 2
    FOURTH = 3
    FIFTH = 4
