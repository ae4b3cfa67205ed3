// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Arithmetic} from "../src/Arithmetic.sol";
import {vm} from "./Vm.sol";

/// @dev Calls from outside, so that a revert can be expected.
contract Calculator {
    function multiplyDivideDown(uint256 a, uint256 b, uint256 divisor) external pure returns (uint256) {
        return Arithmetic.multiplyDivideDown(a, b, divisor);
    }

    function multiplyDivideUp(uint256 a, uint256 b, uint256 divisor) external pure returns (uint256) {
        return Arithmetic.multiplyDivideUp(a, b, divisor);
    }

    function quotientDown(int256 a, int256 divisor) external pure returns (int256) {
        return Arithmetic.quotientDown(a, divisor);
    }

    function quotientUp(int256 a, int256 divisor) external pure returns (int256) {
        return Arithmetic.quotientUp(a, divisor);
    }
}

contract ArithmeticTest {
    uint256 private constant MAX = type(uint256).max;
    int256 private constant MIN_INT = type(int256).min;

    Calculator private immutable calculator = new Calculator();

    // multiplyDivideDown, multiplyDivideUp

    function testFuzz_multiplyDivideDown_is_the_floor(uint256 a, uint256 b, uint256 seed) public view {
        uint256 divisor = fittingDivisor(a, b, seed);
        uint256 quotient = calculator.multiplyDivideDown(a, b, divisor);
        vm.assertTrue(excess(a, b, quotient, divisor) < divisor);
    }

    function testFuzz_multiplyDivideUp_is_the_ceiling(uint256 a, uint256 b, uint256 seed) public view {
        uint256 divisor = fittingDivisor(a, b, seed);
        vm.assume(calculator.multiplyDivideDown(a, b, divisor) != MAX);
        uint256 quotient = calculator.multiplyDivideUp(a, b, divisor);
        vm.assertTrue(excess(quotient, divisor, a, b) < divisor);
    }

    function testFuzz_multiplyDivide_agrees_with_plain_division(uint128 a, uint128 b, uint128 divisor)
        public
        view
    {
        vm.assume(divisor != 0);
        uint256 product = uint256(a) * b;
        vm.assertEq(calculator.multiplyDivideDown(a, b, divisor), product / divisor);
        vm.assertEq(
            calculator.multiplyDivideUp(a, b, divisor), product / divisor + (product % divisor == 0 ? 0 : 1)
        );
    }

    function testFuzz_multiplyDivide_undoes_a_multiplication(uint256 a, uint256 b) public view {
        vm.assume(b != 0);
        vm.assertEq(calculator.multiplyDivideDown(a, b, b), a);
        vm.assertEq(calculator.multiplyDivideUp(a, b, b), a);
    }

    function testFuzz_multiplyDivide_of_powers_of_two_is_exact(uint8 a, uint8 b, uint8 divisor) public view {
        uint256 sum = uint256(a) + b;
        vm.assume(divisor <= sum && sum - divisor < 256);
        vm.assertEq(calculator.multiplyDivideDown(2 ** a, 2 ** b, 2 ** divisor), 2 ** (sum - divisor));
        vm.assertEq(calculator.multiplyDivideUp(2 ** a, 2 ** b, 2 ** divisor), 2 ** (sum - divisor));
    }

    function testFuzz_multiplyDivide_rejects_a_quotient_too_large(uint256 a, uint256 b, uint256 seed) public {
        (uint256 high,) = schoolbookProduct(a, b);
        vm.assume(high != 0);
        uint256 divisor = 1 + seed % high;
        vm.expectRevert(Arithmetic.QuotientTooLarge.selector);
        calculator.multiplyDivideDown(a, b, divisor);
        vm.expectRevert(Arithmetic.QuotientTooLarge.selector);
        calculator.multiplyDivideUp(a, b, divisor);
    }

    function testFuzz_multiplyDivide_rejects_a_zero_divisor(uint256 a, uint256 b) public {
        vm.expectRevert(Arithmetic.DivisorIsZero.selector);
        calculator.multiplyDivideDown(a, b, 0);
        vm.expectRevert(Arithmetic.DivisorIsZero.selector);
        calculator.multiplyDivideUp(a, b, 0);
    }

    function test_multiplyDivideUp_rejects_what_only_rounding_makes_too_large() public {
        vm.assertEq(calculator.multiplyDivideDown(MAX - 1, MAX - 1, MAX - 2), MAX);
        vm.expectRevert(Arithmetic.QuotientTooLarge.selector);
        calculator.multiplyDivideUp(MAX - 1, MAX - 1, MAX - 2);
    }

    // quotientDown, quotientUp

    function testFuzz_quotientDown_is_the_floor(int128 a, int128 divisor) public view {
        vm.assume(divisor != 0);
        int256 remainder = a - calculator.quotientDown(a, divisor) * divisor;
        vm.assertTrue(
            divisor > 0 ? 0 <= remainder && remainder < divisor : divisor < remainder && remainder <= 0
        );
    }

    function testFuzz_quotientUp_is_the_ceiling(int128 a, int128 divisor) public view {
        vm.assume(divisor != 0);
        int256 shortfall = calculator.quotientUp(a, divisor) * divisor - a;
        vm.assertTrue(
            divisor > 0 ? 0 <= shortfall && shortfall < divisor : divisor < shortfall && shortfall <= 0
        );
    }

    function testFuzz_quotients_enclose_the_exact_one(int256 a, int256 divisor) public view {
        vm.assume(divisor != 0 && !(a == MIN_INT && divisor == -1));
        int256 down = calculator.quotientDown(a, divisor);
        int256 up = calculator.quotientUp(a, divisor);
        int256 truncated = a / divisor;
        vm.assertTrue(truncated == down || truncated == up);
        vm.assertEq(up - down, a % divisor == 0 ? int256(0) : int256(1));
    }

    function test_quotients_round_by_direction_for_every_pair_of_signs() public view {
        vm.assertEq(calculator.quotientDown(7, 2), 3);
        vm.assertEq(calculator.quotientDown(-7, 2), -4);
        vm.assertEq(calculator.quotientDown(7, -2), -4);
        vm.assertEq(calculator.quotientDown(-7, -2), 3);
        vm.assertEq(calculator.quotientUp(7, 2), 4);
        vm.assertEq(calculator.quotientUp(-7, 2), -3);
        vm.assertEq(calculator.quotientUp(7, -2), -3);
        vm.assertEq(calculator.quotientUp(-7, -2), 4);
    }

    function test_quotients_reject_the_one_that_does_not_fit() public {
        vm.expectRevert(Arithmetic.QuotientTooLarge.selector);
        calculator.quotientDown(MIN_INT, -1);
        vm.expectRevert(Arithmetic.QuotientTooLarge.selector);
        calculator.quotientUp(MIN_INT, -1);
    }

    function testFuzz_quotients_reject_a_zero_divisor(int256 a) public {
        vm.expectRevert(Arithmetic.DivisorIsZero.selector);
        calculator.quotientDown(a, 0);
        vm.expectRevert(Arithmetic.DivisorIsZero.selector);
        calculator.quotientUp(a, 0);
    }

    // minimum, maximum

    function testFuzz_minimum_and_maximum_are_the_pair_in_order(int256 a, int256 b) public pure {
        vm.assertEq(Arithmetic.minimum(a, b), a <= b ? a : b);
        vm.assertEq(Arithmetic.maximum(a, b), a <= b ? b : a);
    }

    // The measure: multiplication as on paper, in digits of 128 bits

    function schoolbookProduct(uint256 a, uint256 b) private pure returns (uint256 high, uint256 low) {
        uint256 digit = 2 ** 128;
        uint256 units = (a % digit) * (b % digit);
        uint256 cross = (a / digit) * (b % digit) + units / digit;
        uint256 otherCross = (a % digit) * (b / digit) + cross % digit;
        high = (a / digit) * (b / digit) + cross / digit + otherCross / digit;
        low = (otherCross % digit) * digit + units % digit;
    }

    /// @dev Any divisor by which the quotient of `a * b` fits one word.
    function fittingDivisor(uint256 a, uint256 b, uint256 seed) private pure returns (uint256) {
        (uint256 high,) = schoolbookProduct(a, b);
        return high + 1 + seed % (MAX - high);
    }

    /// @dev `a * b - c * d`, which must be neither negative nor wider than one word.
    function excess(uint256 a, uint256 b, uint256 c, uint256 d) private pure returns (uint256) {
        (uint256 high, uint256 low) = schoolbookProduct(a, b);
        (uint256 otherHigh, uint256 otherLow) = schoolbookProduct(c, d);
        uint256 borrow = low < otherLow ? 1 : 0;
        vm.assertEq(high, otherHigh + borrow);
        unchecked {
            return low - otherLow;
        }
    }
}
