// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Book} from "./Book.sol";
import {Clock} from "./Clock.sol";
import {
    DepositTooRecent,
    FacilityWorthless,
    InsufficientCash,
    InsufficientShares,
    NotQueued,
    NotRequester,
    QueueEmpty,
    QueueFull,
    ZeroShares
} from "./Errors.sol";
import {MAXIMUM_NUMBER, REDEMPTION_LOCK_DAYS} from "./Units.sol";
import {FacilityRecord, Valuation} from "./Valuation.sol";

/// @title Chapter "facility": the queue of redemptions
/// @notice First in, first out, from idle cash, priced when a place is paid. A place that was cancelled is passed;
/// one whose shares are worth less than a unit is given back, so that it holds up nobody.
abstract contract Queue is Book {
    using Valuation for FacilityRecord;

    event RedemptionRequested(uint32 indexed facility, uint32 position, address lender, uint256 shares);
    event RedemptionCancelled(uint32 indexed facility, uint32 position, address lender, uint256 shares);
    event RedemptionProcessed(
        uint32 indexed facility,
        uint32 position,
        address lender,
        uint256 shares,
        uint128 amount,
        uint256 returned
    );

    mapping(uint32 facility => mapping(uint32 position => uint256)) public queuedSharesOf;
    mapping(uint32 facility => mapping(uint32 position => address)) public queuedByOf;

    /// @notice Move shares to the end of the queue.
    function requestRedemption(uint32 facility, uint256 shares) external {
        FacilityRecord storage record = existing(facility);
        if (shares == 0) revert ZeroShares();
        if (sharesOf[facility][msg.sender] < shares) revert InsufficientShares();
        uint256 today = Clock.dayOf(block.timestamp);
        if (today < depositDayOf[facility][msg.sender] + REDEMPTION_LOCK_DAYS) revert DepositTooRecent();
        if (record.queueTail == MAXIMUM_NUMBER) revert QueueFull();

        uint32 last = ++record.queueTail;
        sharesOf[facility][msg.sender] -= shares;
        queuedSharesOf[facility][last] = shares;
        queuedByOf[facility][last] = msg.sender;

        emit RedemptionRequested(facility, last, msg.sender, shares);
    }

    /// @notice Take the shares of a place of the queue back.
    function cancelRedemption(uint32 facility, uint32 position) external {
        existing(facility);
        uint256 shares = queuedSharesOf[facility][position];
        if (shares == 0) revert NotQueued();
        if (queuedByOf[facility][position] != msg.sender) revert NotRequester();

        empty(facility, position);
        sharesOf[facility][msg.sender] += shares;

        emit RedemptionCancelled(facility, position, msg.sender, shares);
    }

    /// @notice Pay the first place of the queue as far as idle cash goes, or pass it.
    function processRedemption(uint32 facility) external {
        FacilityRecord storage record = existing(facility);
        if (record.queueHead == record.queueTail) revert QueueEmpty();
        uint256 today = Clock.dayOf(block.timestamp);
        requireCurrent(record, today);
        uint32 first = record.queueHead + 1;
        uint256 queued = queuedSharesOf[facility][first];
        address lender = queuedByOf[facility][first];
        (uint256 amount, uint256 burned) = queued == 0 ? (0, 0) : payment(record, today, queued);

        if (burned == 0 || burned == queued) {
            record.queueHead = first;
            empty(facility, first);
        } else {
            queuedSharesOf[facility][first] -= burned;
        }
        uint256 returned = burned == 0 ? queued : 0;
        record.cash -= amount;
        record.shares -= burned;
        sharesOf[facility][lender] += returned;

        if (amount > 0) deliver(record.asset, lender, amount);

        // At most the cash, and so the asset's supply.
        emit RedemptionProcessed(facility, first, lender, burned, uint128(amount), returned);
    }

    /// @dev What is paid for shares that wait, and how many are burned for it; nothing for dust.
    function payment(FacilityRecord storage record, uint256 today, uint256 queued)
        private
        view
        returns (uint256 amount, uint256 burned)
    {
        int256 exitAssets = record.exitAssets(today);
        if (exitAssets <= 0) revert FacilityWorthless();
        uint256 assets = uint256(exitAssets);
        amount = Valuation.amountFor(record.shares, assets, queued);
        if (amount == 0) return (0, 0);
        if (amount <= record.cash) return (amount, queued);
        (amount, burned) = record.affordable(assets);
        if (amount == 0) revert InsufficientCash();
    }

    function empty(uint32 facility, uint32 position) private {
        delete queuedSharesOf[facility][position];
        delete queuedByOf[facility][position];
    }
}
