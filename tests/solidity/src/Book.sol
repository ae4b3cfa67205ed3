// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Assets} from "./Assets.sol";
import {NotServicer, UnknownFacility} from "./Errors.sol";
import {FacilityRecord, Valuation} from "./Valuation.sol";

/// @title The records of facilities and of their lenders
abstract contract Book is Assets {
    using Valuation for FacilityRecord;

    uint32 public facilityCount;
    mapping(uint32 facility => FacilityRecord) internal records;
    mapping(uint32 facility => mapping(address lender => uint256)) public sharesOf;
    mapping(uint32 facility => mapping(address lender => uint256)) public depositDayOf;

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
        internal
        view
        returns (uint256)
    {
        int256 assets = record.netAssets(day);
        return assets < 0 ? 0 : Valuation.amountFor(record.shares, uint256(assets), shares);
    }

    function existing(uint32 facility) internal view returns (FacilityRecord storage record) {
        record = records[facility];
        if (record.asset == address(0)) revert UnknownFacility();
    }

    /// @dev The facility, where the sender services it.
    function serviced(uint32 facility) internal view returns (FacilityRecord storage record) {
        record = existing(facility);
        if (record.servicer != msg.sender) revert NotServicer();
    }
}
