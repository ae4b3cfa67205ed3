"""Compare what a facility with loans is worth: the reference contract has the formula, but no loans."""

import re
from dataclasses import fields
from pathlib import Path
from random import Random

import pytest
from eth_abi.abi import encode

from lien.protocol.calendar import clock
from lien.protocol.state import Facility
from lien.protocol.valuation import net_assets
from lien.spec.abi import abi_value
from lien.spec.types import DayCount
from lien.spec.units import (
    INTEREST_FEE_CAP,
    MAXIMUM_AMOUNT,
    MAXIMUM_DAY,
    MAXIMUM_RATE,
    RECOVERY_DAYS,
    UNIT,
    WAD,
)
from tests.vectors.evm.forge import Project, genesis_value, write_set
from tests.vectors.evm.reference import REFERENCE, difference

# As the contract's record is laid out: it keeps amounts in whole words.
HEAD = "address,address,uint64,address,uint256,uint256,uint256,uint32,uint256,uint256,uint32,uint32,uint256"
POLICY = "bool,uint256,uint64,uint64,bool"
TAIL = "uint32,uint32,uint256,uint256,uint32,uint32,uint256,uint32"
RECORD = f"({HEAD},uint256[4],uint256[4],int256,{POLICY},{TAIL})"
OPERATION = f"netAssets({RECORD},uint32)"
FACILITIES = 400


def any_facility(random: Random) -> tuple[Facility, int]:
    """Return a facility with loans since some days, and a later day."""
    scale = random.choice((100, 10**6, 10**15, MAXIMUM_AMOUNT // 8))
    since, day = sorted((random.randrange(MAXIMUM_DAY + 1), random.randrange(MAXIMUM_DAY + 1)))
    slopes = tuple(random.choice((0, random.randrange(scale * MAXIMUM_RATE))) for _ in DayCount)
    paid = random.choice((0, random.randrange(scale)))
    fee = random.choice((0, random.randrange(INTEREST_FEE_CAP + 1), INTEREST_FEE_CAP))
    facility = Facility(
        asset=1,
        servicer=2,
        interest_fee=fee,
        cash=random.choice((0, random.randrange(scale))),
        shares=0,
        principal=random.choice((0, random.randrange(scale))),
        loans=len(slopes),
        interest_paid=paid,
        treasury_taken=random.randrange(paid * fee // WAD + 1),
        slopes=slopes,
        offsets=tuple(slope * clock(kind, since) for kind, slope in zip(DayCount, slopes, strict=True)),
        carry=random.randrange(-scale * UNIT, scale * UNIT),
        cover=random.randrange(scale),
        recovered_amount=random.choice((0, random.randrange(scale))),
        recovered_day=random.choice((since, max(day - random.randrange(2 * RECOVERY_DAYS), 0))),
    )
    return facility, day


def vector_of(number: int, facility: Facility, day: int) -> tuple[str, str, bytes, bool, bytes]:
    values = [getattr(facility, item.name) for item in fields(facility)]
    kinds = RECORD.strip("()").split(",")
    record = tuple(abi_value(value, kind) for value, kind in zip(values, kinds, strict=True))
    answer = encode(["int256"], [net_assets(facility, day)])
    return f"net-assets/{number}", OPERATION, encode([RECORD, "uint32"], [record, day]), True, answer


@pytest.fixture(scope="module")
def valued(project: Project, tmp_path_factory: pytest.TempPathFactory) -> Project:
    copy = project.copy(tmp_path_factory.mktemp("valuation") / "project")
    random = Random("net assets")
    vectors = [vector_of(number, *any_facility(random)) for number in range(FACILITIES)]
    write_set(copy.vectors, genesis_value(), [], vectors, [])
    return copy


def test_a_facility_with_loans_is_worth_the_same(valued: Project) -> None:
    """Given facilities with interest paid, accrued and paid ahead, when Forge values them, then equally."""
    verdict = valued.verdict(REFERENCE, "test_arithmetic")
    assert verdict.status == "Success", verdict
    assert f"{FACILITIES} arithmetic vectors ran, 0 left out, 0 differ" in verdict.lines


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (" - record.offsets[i].signed()", ""),
        ("accrued = record.carry;", ""),
        (" - unvested(record, day).signed()", ""),
        ("left.multiplyDivideUp(record", "left.multiplyDivideDown(record"),
        ("WAD - record.interestFee", "WAD"),
        (" - record.treasuryTaken.signed()", ""),
        ("-uint256(-a).multiplyDivideUp", "-uint256(-a).multiplyDivideDown"),
    ],
    ids=[
        "offsets",
        "carry",
        "recovery",
        "rounding of a recovery",
        "interest fee",
        "treasury's share",
        "rounding of a credit",
    ],
)
def test_a_wrong_valuation_is_noticed(old: str, new: str, valued: Project, tmp_path: Path) -> None:
    """Given a valuation with one fault, when Forge runs it, then it names a vector."""
    copy = valued.copy(tmp_path / "copy")
    copy.replace("src/Valuation.sol", old, new)
    found = difference(copy.verdict(REFERENCE, "test_arithmetic"))
    assert re.fullmatch(r"net-assets/\d+, expected \w+, got \w+", found), found
