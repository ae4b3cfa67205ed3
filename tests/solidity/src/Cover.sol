// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Arithmetic} from "./Arithmetic.sol";
import {Book} from "./Book.sol";
import {Clock} from "./Clock.sol";
import {
    BookNotClean,
    CoverInsufficient,
    CoverNotAnnounced,
    CoverNoticeRunning,
    CoverWindowClosed,
    ZeroAmount
} from "./Errors.sol";
import {COVER_NOTICE_DAYS, COVER_WINDOW_DAYS, WAD} from "./Units.sol";
import {FacilityRecord} from "./Valuation.sol";

/// @title Chapter "facility": first-loss cover
/// @notice The servicer's own money, no part of net assets. It leaves after a notice only, with no loan in
/// default, and never below what the principal outstanding requires.
abstract contract Cover is Book {
    event CoverDeposited(uint32 indexed facility, uint128 amount);
    event CoverWithdrawalAnnounced(uint32 indexed facility, uint128 amount);
    event CoverWithdrawn(uint32 indexed facility, uint128 amount);

    /// @notice Put first-loss cover into a facility.
    function depositCover(uint32 facility, uint128 amount) external {
        FacilityRecord storage record = serviced(facility);
        if (amount == 0) revert ZeroAmount();

        record.cover += amount;

        collect(record.asset, msg.sender, amount);

        emit CoverDeposited(facility, amount);
    }

    /// @notice Give notice of a withdrawal of cover, in place of any notice before.
    function announceCoverWithdrawal(uint32 facility, uint128 amount) external {
        FacilityRecord storage record = serviced(facility);

        record.coverNoticeAmount = amount;
        record.coverNoticeDay = uint32(Clock.dayOf(block.timestamp));

        emit CoverWithdrawalAnnounced(facility, amount);
    }

    /// @notice Take out cover of which notice was given.
    function withdrawCover(uint32 facility, uint128 amount) external {
        FacilityRecord storage record = serviced(facility);
        if (amount == 0) revert ZeroAmount();
        if (amount > record.coverNoticeAmount) revert CoverNotAnnounced();
        uint256 today = Clock.dayOf(block.timestamp);
        uint256 opens = record.coverNoticeDay + COVER_NOTICE_DAYS;
        if (today < opens) revert CoverNoticeRunning();
        if (today >= opens + COVER_WINDOW_DAYS) revert CoverWindowClosed();
        requireCurrent(record, today);
        if (record.defaultedLoans > 0 || record.impairment > 0) revert BookNotClean();
        uint256 required = Arithmetic.multiplyDivideUp(record.principal, record.coverRatio, WAD);
        if (record.cover < amount + required) revert CoverInsufficient();

        record.cover -= amount;
        record.coverNoticeAmount -= amount;

        deliver(record.asset, msg.sender, amount);

        emit CoverWithdrawn(facility, amount);
    }
}
