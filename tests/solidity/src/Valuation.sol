// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Arithmetic} from "./Arithmetic.sol";
import {Clock, DayCount} from "./Clock.sol";
import {UNIT, VIRTUAL_ASSETS, VIRTUAL_SHARES, WAD} from "./Units.sol";

/// @notice A pool of lenders' cash in one asset, and what its lenders are owed.
/// @dev Contract interest accrues exactly: `carry` plus, for each day count, `slope` x clock - `offset` is the
/// sum of the unpaid interest numerators of the loans that accrue.
struct FacilityRecord {
    address asset;
    address servicer;
    uint64 interestFee; // the treasury's share of contract interest, scaled by WAD
    uint256 cash; // idle, in base units; a whole word, so that it is the token that refuses an excessive deposit
    uint256 shares;
    uint256 principal; // outstanding, in base units
    uint32 loans; // disbursed so far
    uint256 interestPaid; // contract interest in base units, cumulative
    uint256 treasuryTaken; // the treasury's share of it, cumulative
    uint256[4] slopes; // by day count: numerators for each clock unit
    uint256[4] offsets; // by day count: numerators
    int256 carry; // numerators
}

/// @title The value of a facility and of its shares
library Valuation {
    using Arithmetic for uint256;

    /// @notice What the lenders own on a day in base units, rounded down: cash, principal, and their part of
    /// the interest.
    /// @dev Interest counts cumulatively: the lenders' part of all that was paid or has accrued, less what they
    /// have received of it, so that a payment moves it into cash without changing the sum.
    function netAssets(FacilityRecord memory record, uint256 day) internal pure returns (int256) {
        int256 earned = (record.interestPaid * UNIT).signed() + accruedInterest(record, day);
        int256 entitled = multiplyDivideDown(earned, WAD - record.interestFee, WAD * UNIT);
        int256 received = record.interestPaid.signed() - record.treasuryTaken.signed();
        return (record.cash + record.principal).signed() + entitled - received;
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

    /// @dev Multiply, then divide and round down, also where the first factor is negative: the other direction
    /// is then the one that rounds its magnitude up.
    function multiplyDivideDown(int256 a, uint256 b, uint256 divisor) private pure returns (int256) {
        if (a >= 0) return uint256(a).multiplyDivideDown(b, divisor).signed();
        return -uint256(-a).multiplyDivideUp(b, divisor).signed();
    }
}
