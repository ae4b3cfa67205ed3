"""Run the vectors on the EVM: the reference contract conforms, and every way to break it is noticed."""

import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.vectors.evm.forge import Project, read_traces
from tests.vectors.evm.reference import ADAPTER, COVERED, REFERENCE, difference


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
    "lock not renewed": Broken(
        "src/Facility.sol",
        "depositDayOf[facility][msg.sender] = today;",
        "if (depositDayOf[facility][msg.sender] == 0) depositDayOf[facility][msg.sender] = today;",
        r"deposit\(.*then depositDayOf\(uint32,address\) with ",
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
    "claim not logged": Broken(
        "src/Assets.sol",
        "emit ClaimRecorded(asset, payee, uint128(amount));",
        "",
        r"log 0: expected ClaimRecorded\(address,address,uint128\), got \w+\(",
    ),
    "claim logged after the call's own event": Broken(
        "src/Facility.sol",
        "deliver(record.asset, msg.sender, amount);\n\n"
        "        // At most the cash, and so the asset's supply.\n"
        "        emit Redeemed(facility, msg.sender, shares, uint128(amount));",
        "emit Redeemed(facility, msg.sender, shares, uint128(amount));\n\n"
        "        deliver(record.asset, msg.sender, amount);",
        r"log 0: expected ClaimRecorded\(address,address,uint128\), got Redeemed",
    ),
    "claim paid to the protocol": Broken(
        "src/Assets.sol",
        "if (recipient == address(this)) revert RecipientIsProtocol();",
        "",
        r"claim\(.*expected a revert with RecipientIsProtocol\(\), got success",
    ),
    "second claim replaces the first": Broken(
        "src/Assets.sol",
        "claimableOf[asset][payee] += amount;",
        "claimableOf[asset][payee] = amount;",
        r"then claimableOf\(address,address\) with ",
    ),
    "refused payment reverts": Broken(
        "src/Assets.sol",
        "} catch {}",
        "} catch { revert PayeeRefused(); }",
        r"expected success, got a revert with PayeeRefused\(\)",
    ),
    "cover counted as cash": Broken(
        "src/Cover.sol",
        "record.cover += amount;",
        "record.cash += amount;",
        r"then facilities\(uint32\) with ",
    ),
    "no notice for cover": Broken(
        "src/Cover.sol",
        "if (today < opens) revert CoverNoticeRunning();",
        "",
        r"withdrawCover\(.*expected a revert with CoverNoticeRunning\(\), got success",
    ),
    "current book moved on": Broken(
        "src/Book.sol",
        "if (record.isCurrent(today)) revert BookIsCurrent();",
        "",
        r"advanceBook\(.*expected a revert with BookIsCurrent\(\), got success",
    ),
    "cancellation by anyone": Broken(
        "src/Queue.sol",
        "if (queuedByOf[facility][position] != msg.sender) revert NotRequester();",
        "",
        r"cancelRedemption\(.*expected a revert with NotRequester\(\), got success",
    ),
    "redemption past the queue": Broken(
        "src/Facility.sol",
        "if (record.queueHead < record.queueTail) revert QueueNotEmpty();",
        "",
        r"redeem\(.*expected a revert with QueueNotEmpty\(\), got success",
    ),
    "skim of what is recorded": Broken(
        "src/Assets.sol",
        "if (held <= recorded) revert NothingToSkim();",
        "if (held < recorded) revert NothingToSkim();",
        r"skim\(.*expected a revert with NothingToSkim\(\), got success",
    ),
    "claim paid twice": Broken(
        "src/Assets.sol",
        "claimableOf[asset][msg.sender] = 0;",
        "",
        r"then claimableOf\(address,address\) with ",
    ),
}


def test_the_reference_contract_conforms(project: Project) -> None:
    """Given all vectors, when Forge runs them, then the contract's chapters pass and the rest is named."""
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
    (evaluated,) = verdicts["test_arithmetic"].lines
    assert re.fullmatch("[1-9][0-9]* arithmetic vectors ran, 0 left out, 0 differ", evaluated)


@pytest.mark.parametrize("broken", BROKEN.values(), ids=list(BROKEN))
def test_a_broken_contract_fails_and_the_vector_is_named(
    broken: Broken, project: Project, tmp_path: Path
) -> None:
    """Given the contract with one fault, when Forge runs it, then a vector and its difference are named."""
    copy = project.copy(tmp_path / "copy")
    copy.replace(broken.file, broken.old, broken.new)
    found = difference(copy.verdict(REFERENCE, "test_traces"))
    assert re.search(f", step \\d+, .*{broken.seen}", found), found


ZERO_AMOUNT = "if (amount == 0) revert ZeroAmount();"
BEFORE_IT = "revert NotTheLender();"


def test_another_order_of_guards_is_reported_apart(project: Project, tmp_path: Path) -> None:
    """Given a guard that is missing where a later one rejects too, when Forge runs it, then that is told."""
    copy = project.copy(tmp_path / "copy")
    copy.replace("src/Facility.sol", f"{BEFORE_IT}\n        {ZERO_AMOUNT}", BEFORE_IT)
    required = copy.verdict(REFERENCE, "test_traces")
    assert required.status == "Failure"
    assert "are rejected by another guard, first deposit/" in (required.reason or ""), required

    is_required = "function isGuardOrderRequired() internal pure override returns (bool)"
    chapters = "function chapters()"
    copy.replace(ADAPTER, chapters, f"{is_required} {{ return false; }}\n    {chapters}")
    waived = copy.verdict(REFERENCE, "test_traces")
    told = r"another guard: deposit/.*expected a revert with ZeroAmount\(\), got a revert with ZeroShares\(\)"
    assert waived.status == "Success"
    assert any(re.fullmatch(told, line) for line in waived.lines), waived
