// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Arithmetic} from "../src/Arithmetic.sol";
import {Clock, DayCount} from "../src/Clock.sol";
import {FacilityRecord, Valuation} from "../src/Valuation.sol";

/// @dev The pure functions behind the calls, each under the signature that its vectors name.
contract ArithmeticHarness {
    function multiplyDivideDown(uint256 amount, uint256 ratio, uint256 divisor)
        external
        pure
        returns (uint256)
    {
        return Arithmetic.multiplyDivideDown(amount, ratio, divisor);
    }

    function multiplyDivideUp(uint256 amount, uint256 ratio, uint256 divisor)
        external
        pure
        returns (uint256)
    {
        return Arithmetic.multiplyDivideUp(amount, ratio, divisor);
    }

    function quotientDown(int256 numerator, int256 divisor) external pure returns (int256) {
        return Arithmetic.quotientDown(numerator, divisor);
    }

    function quotientUp(int256 numerator, int256 divisor) external pure returns (int256) {
        return Arithmetic.quotientUp(numerator, divisor);
    }

    function minimum(int256 first, int256 second) external pure returns (int256) {
        return Arithmetic.minimum(first, second);
    }

    function maximum(int256 first, int256 second) external pure returns (int256) {
        return Arithmetic.maximum(first, second);
    }

    function clock(DayCount dayCount, uint32 day) external pure returns (uint256) {
        return Clock.read(dayCount, day);
    }

    function sharesFor(uint256 shares, uint256 assets, uint256 amount) external pure returns (uint256) {
        return Valuation.sharesFor(shares, assets, amount);
    }

    function amountFor(uint256 shares, uint256 assets, uint256 redeemed) external pure returns (uint256) {
        return Valuation.amountFor(shares, assets, redeemed);
    }

    function netAssets(FacilityRecord calldata record, uint32 day) external pure returns (int256) {
        return Valuation.netAssets(record, day);
    }
}
