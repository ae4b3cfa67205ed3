// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Assets} from "./Assets.sol";
import {Clock} from "./Clock.sol";
import {
    AmountBelowMinimum,
    DepositTooRecent,
    FacilityDiluted,
    InsufficientCash,
    InsufficientShares,
    InterestFeeAboveCap,
    SharesBelowMinimum,
    TooManyFacilities,
    UnknownAsset,
    UnknownFacility,
    ZeroAmount,
    ZeroShares
} from "./Errors.sol";
import {
    INTEREST_FEE_CAP,
    MAXIMUM_NUMBER,
    MAXIMUM_SHARES_PER_ASSET,
    REDEMPTION_LOCK_DAYS,
    VIRTUAL_ASSETS
} from "./Units.sol";
import {FacilityRecord, Valuation} from "./Valuation.sol";

/// @title Chapter "facility": the lenders' side
/// @notice A facility pools one asset; lenders hold shares of its net assets. Amounts are base units. Shares are
/// priced so that neither a deposit nor a redemption gains from the other lenders: both round down, a deposit is
/// priced at tomorrow's accrual and a redemption at today's.
/// @dev Each call reads in the same order: guards, compute, state, transfer, event.
contract Facility is Assets {
    using Valuation for FacilityRecord;

    event FacilityOpened(uint32 indexed facility, address asset, address servicer, uint64 interestFee);
    event Deposited(uint32 indexed facility, address lender, uint128 amount, uint256 shares);
    event Redeemed(uint32 indexed facility, address lender, uint256 shares, uint128 amount);

    uint32 public facilityCount;
    mapping(uint32 facility => FacilityRecord) private records;
    mapping(uint32 facility => mapping(address lender => uint256)) public sharesOf;
    mapping(uint32 facility => mapping(address lender => uint256)) public depositDayOf;

    constructor(address[] memory assets) Assets(assets) {}

    /// @notice Open a facility in an asset; the sender becomes its servicer.
    /// @param interestFee The treasury's share of contract interest, scaled by WAD.
    function openFacility(address asset, uint64 interestFee) external {
        if (!isListed[asset]) revert UnknownAsset();
        if (interestFee > INTEREST_FEE_CAP) revert InterestFeeAboveCap();
        if (facilityCount == MAXIMUM_NUMBER) revert TooManyFacilities();

        uint32 facility = facilityCount + 1;

        facilityCount = facility;
        records[facility].asset = asset;
        records[facility].servicer = msg.sender;
        records[facility].interestFee = interestFee;

        emit FacilityOpened(facility, asset, msg.sender, interestFee);
    }

    /// @notice Put an amount in for shares, priced at tomorrow's accrual, rounded down.
    function deposit(uint32 facility, uint128 amount, uint256 minimumShares) external {
        FacilityRecord storage record = existing(facility);
        if (amount == 0) revert ZeroAmount();

        uint256 today = Clock.dayOf(block.timestamp);
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

    /// @notice The record of a facility; all zero where there is none.
    function facilities(uint32 facility) external view returns (FacilityRecord memory) {
        return records[facility];
    }

    /// @notice What the lenders own on a day in base units, rounded down; it can be a few units below zero.
    function netAssetsOf(uint32 facility, uint32 day) external view returns (int256) {
        return existing(facility).netAssets(day);
    }

    /// @notice The amount in base units that 10**18 shares redeem for on a day, rounded down.
    function sharePriceOf(uint32 facility, uint32 day) external view returns (uint256) {
        return worth(existing(facility), day, 1e18);
    }

    /// @dev The amount in base units that shares redeem for on a day, rounded down; none where nothing is left.
    function worth(FacilityRecord storage record, uint256 day, uint256 shares)
        private
        view
        returns (uint256)
    {
        int256 assets = record.netAssets(day);
        return assets < 0 ? 0 : Valuation.amountFor(record.shares, uint256(assets), shares);
    }

    /// @dev The net assets of a facility that takes deposits: enough for its shares.
    function undiluted(uint256 shares, int256 netAssets) private pure returns (uint256 assets) {
        if (netAssets < 0) revert FacilityDiluted();
        assets = uint256(netAssets);
        if (shares > MAXIMUM_SHARES_PER_ASSET * (assets + VIRTUAL_ASSETS)) revert FacilityDiluted();
    }

    function existing(uint32 facility) private view returns (FacilityRecord storage record) {
        record = records[facility];
        if (record.asset == address(0)) revert UnknownFacility();
    }
}
