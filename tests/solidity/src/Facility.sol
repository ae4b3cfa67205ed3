// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Assets} from "./Assets.sol";
import {Clock} from "./Clock.sol";
import {Cover} from "./Cover.sol";
import {
    AmountBelowMinimum,
    DepositCapExceeded,
    DepositTooRecent,
    FacilityDiluted,
    FacilityWindsDown,
    InsufficientCash,
    InsufficientShares,
    InterestFeeAboveCap,
    InterestFeeBelowFloor,
    NotTheLender,
    QueueNotEmpty,
    SharesBelowMinimum,
    TooManyFacilities,
    UnknownAsset,
    ZeroAmount,
    ZeroShares
} from "./Errors.sol";
import {Queue} from "./Queue.sol";
import {
    INTEREST_FEE_CAP,
    MAXIMUM_NUMBER,
    MAXIMUM_SHARES_PER_ASSET,
    REDEMPTION_LOCK_DAYS,
    VIRTUAL_ASSETS,
    WAD
} from "./Units.sol";
import {FacilityRecord, Valuation} from "./Valuation.sol";

/// @title Chapter "facility": the lenders' side
/// @notice A facility pools one asset; lenders hold shares of its net assets. Amounts are base units. Shares are
/// priced so that neither a deposit nor a redemption gains from the other lenders: both round down, a deposit is
/// priced at tomorrow's accrual and a redemption at today's.
/// @dev Each call reads in the same order: guards, compute, state, transfer, event.
contract Facility is Queue, Cover {
    using Valuation for FacilityRecord;

    event FacilityOpened(
        uint32 indexed facility, address asset, address servicer, uint64 interestFee, address lender
    );
    event WindDownBegun(uint32 indexed facility);
    event Deposited(uint32 indexed facility, address lender, uint128 amount, uint256 shares);
    event Redeemed(uint32 indexed facility, address lender, uint256 shares, uint128 amount);

    /// @dev The least interest fee with which a facility is opened, scaled by WAD; the council's to raise.
    uint256 internal interestFeeFloor;

    constructor(address[] memory assets, address treasury) Assets(assets, treasury) {}

    /// @notice Open a facility in an asset, for one lender or for all; the sender becomes its servicer.
    /// @param interestFee The treasury's share of contract interest, scaled by WAD.
    /// @param lender Who alone may deposit; zero: everyone.
    function openFacility(address asset, uint64 interestFee, address lender) external {
        if (!isListed[asset]) revert UnknownAsset();
        if (interestFee > INTEREST_FEE_CAP) revert InterestFeeAboveCap();
        if (interestFee < interestFeeFloor) revert InterestFeeBelowFloor();
        if (facilityCount == MAXIMUM_NUMBER) revert TooManyFacilities();

        uint32 facility = facilityCount + 1;

        facilityCount = facility;
        records[facility].asset = asset;
        records[facility].servicer = msg.sender;
        records[facility].interestFee = interestFee;
        records[facility].lender = lender;
        records[facility].depositCap = type(uint128).max;
        records[facility].concentrationLimit = uint64(WAD);

        emit FacilityOpened(facility, asset, msg.sender, interestFee, lender);
    }

    /// @notice Put an amount in for shares, priced at tomorrow's accrual, rounded down.
    function deposit(uint32 facility, uint128 amount, uint256 minimumShares) external {
        FacilityRecord storage record = existing(facility);
        if (record.lender != address(0) && record.lender != msg.sender) revert NotTheLender();
        if (amount == 0) revert ZeroAmount();
        if (record.isWindingDown) revert FacilityWindsDown();
        if (record.cash + record.principal + amount > record.depositCap) revert DepositCapExceeded();
        uint256 today = Clock.dayOf(block.timestamp);
        requireCurrent(record, today);

        uint256 assets = undiluted(record.shares, record.netAssets(today + 1));
        uint256 shares = Valuation.sharesFor(record.shares, assets, amount);
        if (shares == 0) revert ZeroShares();
        if (shares < minimumShares) revert SharesBelowMinimum();

        record.cash += amount;
        record.shares += shares;
        sharesOf[facility][msg.sender] += shares;
        depositDayOf[facility][msg.sender] = today;

        collect(record.asset, msg.sender, amount);

        emit Deposited(facility, msg.sender, amount, shares);
    }

    /// @notice Give shares back for an amount, priced at today's accrual, rounded down, paid from idle cash.
    function redeem(uint32 facility, uint256 shares, uint128 minimumAmount) external {
        FacilityRecord storage record = existing(facility);
        if (shares == 0) revert ZeroShares();
        if (sharesOf[facility][msg.sender] < shares) revert InsufficientShares();
        uint256 today = Clock.dayOf(block.timestamp);
        if (today < depositDayOf[facility][msg.sender] + REDEMPTION_LOCK_DAYS) revert DepositTooRecent();
        if (record.queueHead < record.queueTail) revert QueueNotEmpty();
        requireCurrent(record, today);

        uint256 amount = worth(record, today, shares);
        if (amount == 0) revert ZeroAmount();
        if (amount < minimumAmount) revert AmountBelowMinimum();
        if (record.cash < amount) revert InsufficientCash();

        record.cash -= amount;
        record.shares -= shares;
        sharesOf[facility][msg.sender] -= shares;

        deliver(record.asset, msg.sender, amount);

        // At most the cash, and so the asset's supply.
        emit Redeemed(facility, msg.sender, shares, uint128(amount));
    }

    /// @notice End the facility's deposits and its lending, for good; repayments and redemptions go on.
    function windDown(uint32 facility) external {
        FacilityRecord storage record = serviced(facility);
        if (record.isWindingDown) revert FacilityWindsDown();

        record.isWindingDown = true;

        emit WindDownBegun(facility);
    }

    /// @dev The net assets of a facility that takes deposits: enough for its shares.
    function undiluted(uint256 shares, int256 netAssets) private pure returns (uint256 assets) {
        if (netAssets < 0) revert FacilityDiluted();
        assets = uint256(netAssets);
        if (shares > MAXIMUM_SHARES_PER_ASSET * (assets + VIRTUAL_ASSETS)) revert FacilityDiluted();
    }
}
