// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Assets} from "./Assets.sol";
import {Clock} from "./Clock.sol";
import {
    BookIsCurrent, BookNotCurrent, DayNotClear, NotServicer, UnknownFacility
} from "./Errors.sol";
import {DAYS_OF_AN_ADVANCE} from "./Units.sol";
import {FacilityRecord, Valuation} from "./Valuation.sol";

/// @title Chapter "facility": the records of facilities and of their lenders, and the current book
/// @notice A facility counts its accruing loans by stop day, so that a current book holds no default that nobody
/// has booked.
abstract contract Book is Assets {
    using Valuation for FacilityRecord;

    event BookAdvanced(uint32 indexed facility, uint32 currentDay);

    uint32 public facilityCount;
    mapping(uint32 facility => FacilityRecord) internal records;
    mapping(uint32 facility => mapping(address lender => uint256)) public sharesOf;
    mapping(uint32 facility => mapping(address lender => uint256)) public depositDayOf;

    /// @dev Accruing loans by stop day.
    mapping(uint32 facility => mapping(uint256 day => uint256)) internal stops;

    /// @notice Move a facility's book on over days that no loan keeps it from passing.
    function advanceBook(uint32 facility) external {
        FacilityRecord storage record = existing(facility);
        uint256 today = Clock.dayOf(block.timestamp);
        if (record.isCurrent(today)) revert BookIsCurrent();
        uint256 first = record.currentDay;
        uint256 day = first;
        while (day <= today && day < first + DAYS_OF_AN_ADVANCE && stops[facility][day] == 0) {
            day++;
        }
        if (day == first) revert DayNotClear();

        // At most the day after today.
        record.currentDay = uint32(day);

        emit BookAdvanced(facility, uint32(day));
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
        internal
        view
        returns (uint256)
    {
        int256 assets = record.exitAssets(day);
        return assets < 0 ? 0 : Valuation.amountFor(record.shares, uint256(assets), shares);
    }

    function existing(uint32 facility) internal view returns (FacilityRecord storage record) {
        record = records[facility];
        if (record.asset == address(0)) revert UnknownFacility();
    }

    /// @dev Reject a call that needs a current book.
    function requireCurrent(FacilityRecord storage record, uint256 today) internal view {
        if (!record.isCurrent(today)) revert BookNotCurrent();
    }

    /// @dev The facility, where the sender services it.
    function serviced(uint32 facility) internal view returns (FacilityRecord storage record) {
        record = existing(facility);
        if (record.servicer != msg.sender) revert NotServicer();
    }
}
