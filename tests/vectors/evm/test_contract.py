"""Run the vectors on the EVM: the reference contract conforms to each, and every way to break it is noticed."""

import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.vectors.evm.forge import Project, read_traces
from tests.vectors.evm.reference import COVERED, REFERENCE, difference

@dataclass(frozen=True)
class Broken:
    """One way to break the reference contract: a text of a file, and what stands there instead."""

    file: str
    old: str
    new: str
    seen: str  # how the difference reads


BROKEN = {
    "shares rounded up": Broken(
        "src/Valuation.sol",
        "multiplyDivideDown(amount, shares",
        "multiplyDivideUp(amount, shares",
        r"deposit\(.*expected \d+, got \d+",
    ),
    "redeemed amount rounded up": Broken(
        "src/Valuation.sol",
        "multiplyDivideDown(redeemed, assets",
        "multiplyDivideUp(redeemed, assets",
        r"expected .*, got ",
    ),
    "virtual shares left out": Broken(
        "src/Valuation.sol",
        "(amount, shares + VIRTUAL_SHARES, assets",
        "(amount, shares, assets",
        r"deposit\(.*expected success, got a revert with ZeroShares\(\)",
    ),
    "interest fee not capped": Broken(
        "src/Facility.sol",
        "if (interestFee > INTEREST_FEE_CAP) revert InterestFeeAboveCap();",
        "",
        r"openFacility\(.*expected a revert with InterestFeeAboveCap\(\), got success",
    ),
    "minimum amount not checked": Broken(
        "src/Facility.sol",
        "if (amount < minimumAmount) revert AmountBelowMinimum();",
        "",
        r"redeem\(.*expected a revert with AmountBelowMinimum\(\), got success",
    ),
    "another error": Broken(
        "src/Facility.sol",
        "revert DepositTooRecent();",
        "revert InsufficientShares();",
        r"expected a revert with DepositTooRecent\(\), got a revert with InsufficientShares\(\)",
    ),
    "lock off by one": Broken(
        "src/Facility.sol",
        "if (today < depositDayOf",
        "if (today <= depositDayOf",
        r"redeem\(.*expected success, got a revert with DepositTooRecent\(\)",
    ),
    "servicer logged as the lender": Broken(
        "src/Facility.sol",
        "emit Deposited(facility, msg.sender,",
        "emit Deposited(facility, record.servicer,",
        r"log 0: Deposited\(uint32,address,uint128,uint256\), data: expected 0x\w+, got 0x\w+ as word 0",
    ),
    "no log of a redemption": Broken(
        "src/Facility.sol",
        "emit Redeemed(facility, msg.sender, shares, uint128(amount));",
        "",
        r"log 0: expected Redeemed\(uint32,address,uint256,uint128\), got no further log",
    ),
    "holdings not updated": Broken(
        "src/Assets.sol",
        "holdingsOf[asset] += amount;\n\n        if (!IToken",
        "if (!IToken",
        r"then holdingsOf\(address\) with ",
    ),
    "refused payment lost": Broken(
        "src/Assets.sol",
        "claimableOf[asset][payee] += amount;",
        "",
        r"then claimableOf\(address,address\) with ",
    ),
    "refused payment reverts": Broken(
        "src/Assets.sol",
        "} catch {}",
        "} catch { revert PayeeRefused(); }",
        r"expected success, got a revert with PayeeRefused\(\)",
    ),
    "claim paid twice": Broken(
        "src/Assets.sol",
        "claimableOf[asset][msg.sender] = 0;",
        "",
        r"then claimableOf\(address,address\) with ",
    ),
}


def test_the_reference_contract_conforms(project: Project) -> None:
    """Given all vectors, when Forge runs them, then those of the contract's chapters pass and the rest is named."""
    traces = read_traces(project.vectors)
    verdicts = project.verdicts(REFERENCE)
    assert {name: verdict.status for name, verdict in verdicts.items()} == {
        "test_traces": "Success",
        "test_arithmetic": "Success",
    }

    lines = verdicts["test_traces"].lines
    left_out = [identifier for identifier, chapters, *_ in traces if not COVERED.issuperset(chapters)]
    ran = len(traces) - len(left_out)
    assert [line.split(",")[0] for line in lines if line.startswith("left out: ")] == [
        f"left out: {identifier}" for identifier in left_out
    ]
    assert ran and f"{ran} traces ran, {len(left_out)} left out, 0 differ" in lines
    assert any(re.fullmatch("[1-9][0-9]* arithmetic vectors ran, 0 left out, 0 differ", line) for line in verdicts["test_arithmetic"].lines)


@pytest.mark.parametrize("broken", BROKEN.values(), ids=list(BROKEN))
def test_a_broken_contract_fails_and_the_vector_is_named(
    broken: Broken, project: Project, tmp_path: Path
) -> None:
    """Given the contract with one fault, when Forge runs the traces, then it names a vector and the difference."""
    copy = project.copy(tmp_path / "copy")
    copy.replace(broken.file, broken.old, broken.new)
    found = difference(copy.verdict(REFERENCE, "test_traces"))
    assert re.search(f", step \\d+, .*{broken.seen}", found), found


def test_another_order_of_guards_is_reported_apart(project: Project, tmp_path: Path) -> None:
    """Given a contract that asks for shares before it asks for an amount, when Forge runs it, then that is told."""
    copy = project.copy(tmp_path / "copy")
    first = "record = existing(facility);\n"
    copy.replace("src/Facility.sol", f"{first}        if (amount == 0) revert ZeroAmount();", first)
    required = copy.verdict(REFERENCE, "test_traces")
    copy.replace(
        "test/FacilityConformance.t.sol",
        "    function arithmetic()",
        "    function isGuardOrderRequired() internal pure override returns (bool) { return false; }\n"
        "    function arithmetic()",
    )
    waived = copy.verdict(REFERENCE, "test_traces")

    told = re.compile(r"another guard: deposit/.*: expected a revert with ZeroAmount\(\), got a revert with ZeroShares\(\)")
    assert required.status == "Failure" and "are rejected by another guard, first deposit/" in (required.reason or "")
    assert waived.status == "Success" and any(told.fullmatch(line) for line in waived.lines)
