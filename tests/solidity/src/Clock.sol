// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {CLOCK_UNITS_PER_YEAR} from "./Units.sol";

/// @notice The clock by which interest runs (ISDA: actual/365 fixed, actual/360, 30E/360, actual/actual).
enum DayCount {
    ACTUAL_365,
    ACTUAL_360,
    THIRTY_E_360,
    ACTUAL_ACTUAL
}

/// @dev A date of the Gregorian calendar; months and days of the month count from one.
struct Date {
    uint256 year;
    uint256 month;
    uint256 day;
}

/// @title The four clocks of interest, and the calendar behind them
/// @notice A clock is a non-decreasing integer of CLOCK_UNITS_PER_YEAR units a year, so that interest needs
/// only the difference of two readings and no fraction of a day: nothing here is rounded.
library Clock {
    uint256 private constant EPOCH_YEAR = 1970;
    uint256 private constant UNITS_PER_DAY_OF_365 = CLOCK_UNITS_PER_YEAR / 365;
    uint256 private constant UNITS_PER_DAY_OF_360 = CLOCK_UNITS_PER_YEAR / 360;
    uint256 private constant UNITS_PER_DAY_OF_366 = CLOCK_UNITS_PER_YEAR / 366;

    // The calendar repeats after 400 years; its years are taken from March on, so that a leap day comes last.
    uint256 private constant DAYS_FROM_MARCH_0000_TO_EPOCH = 719_468;
    uint256 private constant DAYS_PER_ERA = 146_097;
    uint256 private constant YEARS_PER_ERA = 400;
    uint256 private constant DAYS_PER_FOUR_YEARS = 1_461;
    uint256 private constant DAYS_PER_CENTURY = 36_524;
    uint256 private constant DAYS_FROM_MARCH_TO_JULY = 153;
    uint256 private constant LEAP_YEARS_BEFORE_EPOCH = 477;

    /// @notice The UTC day of a Unix time in seconds: its last second still belongs to it.
    function dayOf(uint256 timestamp) internal pure returns (uint256) {
        return timestamp / 1 days;
    }

    /// @notice The clock of a day count at the start of a day, in clock units since 1970-01-01.
    function read(DayCount dayCount, uint256 day) internal pure returns (uint256) {
        if (dayCount == DayCount.ACTUAL_365) return UNITS_PER_DAY_OF_365 * day;
        if (dayCount == DayCount.ACTUAL_360) return UNITS_PER_DAY_OF_360 * day;
        if (dayCount == DayCount.THIRTY_E_360) return clockOfThirtyDayMonths(day);
        return clockByYear(day);
    }

    /// @dev Count days as if each month had thirty: the 31st counts as the 30th, February stays as it is.
    function clockOfThirtyDayMonths(uint256 day) private pure returns (uint256) {
        Date memory date = dateOf(day);
        uint256 months = 12 * (date.year - EPOCH_YEAR) + date.month - 1;
        uint256 dayOfMonth = date.day < 30 ? date.day : 30;
        return UNITS_PER_DAY_OF_360 * (30 * months + dayOfMonth - 1);
    }

    /// @dev Count each year as one, in equal days, of which a leap year has one more.
    function clockByYear(uint256 day) private pure returns (uint256) {
        uint256 year = dateOf(day).year;
        uint256 unitsPerDay = isLeap(year) ? UNITS_PER_DAY_OF_366 : UNITS_PER_DAY_OF_365;
        return CLOCK_UNITS_PER_YEAR * (year - EPOCH_YEAR) + unitsPerDay * (day - firstDayOf(year));
    }

    /// @notice A day as a date of the Gregorian calendar.
    function dateOf(uint256 day) internal pure returns (Date memory date) {
        uint256 shifted = day + DAYS_FROM_MARCH_0000_TO_EPOCH;
        uint256 dayOfEra = shifted % DAYS_PER_ERA;
        // Without the leap days before it, the day lies in a year of 365 days.
        uint256 leapDays = dayOfEra / (DAYS_PER_FOUR_YEARS - 1) + dayOfEra / (DAYS_PER_ERA - 1);
        uint256 yearOfEra = (dayOfEra + dayOfEra / DAYS_PER_CENTURY - leapDays) / 365;
        uint256 dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
        // From March on, five months at a time have 31, 30, 31, 30, 31 days.
        uint256 monthFromMarch = (5 * dayOfYear + 2) / DAYS_FROM_MARCH_TO_JULY;
        date.day = dayOfYear - (DAYS_FROM_MARCH_TO_JULY * monthFromMarch + 2) / 5 + 1;
        date.month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
        date.year = shifted / DAYS_PER_ERA * YEARS_PER_ERA + yearOfEra + (date.month <= 2 ? 1 : 0);
    }

    /// @dev The first of January of a year, as a day.
    function firstDayOf(uint256 year) private pure returns (uint256) {
        uint256 last = year - 1;
        uint256 leapYears = last / 4 - last / 100 + last / 400;
        return 365 * (year - EPOCH_YEAR) + leapYears - LEAP_YEARS_BEFORE_EPOCH;
    }

    function isLeap(uint256 year) private pure returns (bool) {
        return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    }
}
