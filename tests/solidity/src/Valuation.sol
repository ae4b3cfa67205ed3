// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Arithmetic} from "./Arithmetic.sol";
import {Clock, DayCount} from "./Clock.sol";
import {RECOVERY_DAYS, UNIT, VIRTUAL_ASSETS, VIRTUAL_SHARES, WAD} from "./Units.sol";

/// @notice A pool of lenders' cash in one asset, and what its lenders are owed.
/// @dev Contract interest accrues exactly: `carry` plus, for each day count, `slope` x clock - `offset` is the
/// sum of the unpaid interest numerators of the loans that accrue.
struct FacilityRecord {
    address asset;
    address servicer;
    uint64 interestFee; // the treasury's share of contract interest, scaled by WAD
    address lender; // who alone may deposit; zero: everyone
    uint256 cash; // idle, in base units; a whole word, so that it is the token that refuses an excessive deposit
    uint256 shares;
    uint256 principal; // outstanding, in base units
    uint32 loans; // disbursed so far
    uint256 interestPaid; // contract interest in base units, cumulative
    uint256 treasuryTaken; // the treasury's share of it, cumulative
    uint32 accruing; // loans that accrue
    uint32 currentDay; // before which no accruing loan came to its stop day
    uint256 impairment; // of all loans, in base units
    uint256[4] slopes; // by day count: numerators for each clock unit
    uint256[4] offsets; // by day count: numerators
    int256 carry; // numerators
    bool isApproved; // its loans count in credit records
    uint256 depositCap; // of cash and principal together in base units, after a deposit
    uint64 coverRatio; // first-loss cover required, of the principal outstanding, scaled by WAD
    uint64 concentrationLimit; // of net assets, what one identity may owe, scaled by WAD
    bool isWindingDown; // takes no deposit and lends no more
    uint32 queueHead; // the places of the queue after its head, up to its tail, are open
    uint32 queueTail;
    uint256 cover; // first-loss cover in base units, no part of net assets
    uint256 coverNoticeAmount; // that may still be withdrawn
    uint32 coverNoticeDay;
    uint32 defaultedLoans; // now
    uint256 recoveredAmount; // what was recovered last, and what of earlier recoveries had then not vested
    uint32 recoveredDay;
}

/// @title The value of a facility and of its shares
library Valuation {
    using Arithmetic for uint256;

    /// @notice What the lenders own on a day in base units, rounded down: cash, principal, and their part of
    /// the interest, without what was recovered and has not vested.
    /// @dev Interest counts cumulatively: the lenders' part of all that was paid or has accrued, less what they
    /// have received of it, so that a payment moves it into cash without changing the sum.
    function netAssets(FacilityRecord memory record, uint256 day) internal pure returns (int256) {
        int256 earned = (record.interestPaid * UNIT).signed() + accruedInterest(record, day);
        int256 entitled = multiplyDivideDown(earned, WAD - record.interestFee, WAD * UNIT);
        int256 received = record.interestPaid.signed() - record.treasuryTaken.signed();
        return
            (record.cash + record.principal).signed() + entitled - received - unvested(record, day).signed();
    }

    /// @notice The net assets at which lenders leave: less what they do not expect to get.
    function exitAssets(FacilityRecord memory record, uint256 day) internal pure returns (int256) {
        return netAssets(record, day) - record.impairment.signed();
    }

    /// @notice Whether every default up to today is booked.
    function isCurrent(FacilityRecord storage record, uint256 today) internal view returns (bool) {
        return record.accruing == 0 || record.currentDay > today;
    }

    /// @notice What was recovered and has not entered net assets by a day, in base units, rounded up.
    function unvested(FacilityRecord memory record, uint256 day) internal pure returns (uint256) {
        uint256 end = record.recoveredDay + RECOVERY_DAYS;
        if (day >= end) return 0;
        uint256 left = end - day < RECOVERY_DAYS ? end - day : RECOVERY_DAYS;
        return left.multiplyDivideUp(record.recoveredAmount, RECOVERY_DAYS);
    }

    /// @notice The unpaid contract interest of all accruing loans on a day, as a numerator: not rounded.
    function accruedInterest(FacilityRecord memory record, uint256 day)
        internal
        pure
        returns (int256 accrued)
    {
        accrued = record.carry;
        for (uint8 i = 0; i <= uint8(type(DayCount).max); i++) {
            uint256 clock = Clock.read(DayCount(i), day);
            accrued += (record.slopes[i] * clock).signed() - record.offsets[i].signed();
        }
    }

    /// @notice The shares that an amount buys at the given net assets, rounded down.
    function sharesFor(uint256 shares, uint256 assets, uint256 amount) internal pure returns (uint256) {
        return Arithmetic.multiplyDivideDown(amount, shares + VIRTUAL_SHARES, assets + VIRTUAL_ASSETS);
    }

    /// @notice The amount in base units that redeemed shares are worth at the given net assets, rounded down.
    function amountFor(uint256 shares, uint256 assets, uint256 redeemed) internal pure returns (uint256) {
        return Arithmetic.multiplyDivideDown(redeemed, assets + VIRTUAL_ASSETS, shares + VIRTUAL_SHARES);
    }

    /// @notice The most that whole shares are worth within idle cash, and the fewest shares that are worth it.
    function affordable(FacilityRecord memory record, uint256 assets)
        internal
        pure
        returns (uint256 amount, uint256 burned)
    {
        uint256 bought = sharesFor(record.shares, assets, record.cash);
        amount = amountFor(record.shares, assets, bought);
        burned = amount.multiplyDivideUp(record.shares + VIRTUAL_SHARES, assets + VIRTUAL_ASSETS);
    }

    /// @dev Multiply, then divide and round down, also where the first factor is negative: the other direction
    /// is then the one that rounds its magnitude up.
    function multiplyDivideDown(int256 a, uint256 b, uint256 divisor) private pure returns (int256) {
        if (a >= 0) return uint256(a).multiplyDivideDown(b, divisor).signed();
        return -uint256(-a).multiplyDivideUp(b, divisor).signed();
    }
}
