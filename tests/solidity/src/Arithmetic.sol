// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

/// @title Integer arithmetic with the direction of rounding in each name
/// @notice Products are 512 bits wide: an operation fails only where its result does not fit.
library Arithmetic {
    error DivisorIsZero();
    error QuotientTooLarge();
    error NumberTooLarge();

    /// @notice The largest integer not above `a * b / divisor`.
    function multiplyDivideDown(uint256 a, uint256 b, uint256 divisor)
        internal
        pure
        returns (uint256 quotient)
    {
        if (divisor == 0) revert DivisorIsZero();
        (uint256 high, uint256 low) = fullProduct(a, b);
        if (high >= divisor) revert QuotientTooLarge();
        if (high == 0) return low / divisor;

        unchecked {
            // Without the remainder the division is exact.
            uint256 remainder = mulmod(a, b, divisor);
            if (remainder > low) high--;
            low -= remainder;

            // Divide both by the largest power of two in the divisor. The high word moves into the low one by
            // the factor 2**256 / power, which wraps to 0 where the power is 1 and nothing moves.
            uint256 power = divisor & (0 - divisor);
            divisor /= power;
            low = low / power + high * ((0 - power) / power + 1);

            // The quotient fits one word, so it can be computed modulo 2**256, where every odd number has an
            // inverse. Modulo 2**3 that is the number itself; each Newton step doubles the right bits.
            uint256 inverse = divisor;
            for (uint256 bits = 3; bits < 256; bits *= 2) {
                inverse *= 2 - divisor * inverse;
            }
            quotient = low * inverse;
        }
    }

    /// @notice The smallest integer not below `a * b / divisor`.
    function multiplyDivideUp(uint256 a, uint256 b, uint256 divisor)
        internal
        pure
        returns (uint256 quotient)
    {
        quotient = multiplyDivideDown(a, b, divisor);
        if (mulmod(a, b, divisor) == 0) return quotient;
        if (quotient == type(uint256).max) revert QuotientTooLarge();
        unchecked {
            quotient++;
        }
    }

    /// @notice The product `a * b` as `high * 2**256 + low`.
    /// @dev `low` is the product modulo 2**256, and `high + low` is the product modulo 2**256 - 1.
    function fullProduct(uint256 a, uint256 b) internal pure returns (uint256 high, uint256 low) {
        unchecked {
            uint256 sum = mulmod(a, b, type(uint256).max);
            low = a * b;
            high = sum - low;
            if (sum < low) high--;
        }
    }

    /// @notice The same number, signed.
    function signed(uint256 a) internal pure returns (int256) {
        if (a > uint256(type(int256).max)) revert NumberTooLarge();
        return int256(a);
    }

    function minimum(int256 a, int256 b) internal pure returns (int256) {
        return a < b ? a : b;
    }

    function maximum(int256 a, int256 b) internal pure returns (int256) {
        return a > b ? a : b;
    }

    /// @notice The largest integer not above `a / divisor`, also where a sign is negative.
    function quotientDown(int256 a, int256 divisor) internal pure returns (int256 quotient) {
        quotient = truncatedQuotient(a, divisor);
        if (a % divisor != 0 && (a < 0) != (divisor < 0)) quotient--;
    }

    /// @notice The smallest integer not below `a / divisor`, also where a sign is negative.
    function quotientUp(int256 a, int256 divisor) internal pure returns (int256 quotient) {
        quotient = truncatedQuotient(a, divisor);
        if (a % divisor != 0 && (a < 0) == (divisor < 0)) quotient++;
    }

    function truncatedQuotient(int256 a, int256 divisor) private pure returns (int256) {
        if (divisor == 0) revert DivisorIsZero();
        if (a == type(int256).min && divisor == -1) revert QuotientTooLarge();
        return a / divisor;
    }
}
