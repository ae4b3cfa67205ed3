// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

// Amounts are base units of a token. Rates and ratios are scaled by WAD. Days are UTC days, counted from
// 1970-01-01. Interest is kept undivided, as a numerator: principal x rate x clock units; UNIT numerators are
// one base unit.

uint256 constant WAD = 1e18;

/// @dev The least year length that every day count divides: the least common multiple of 360, 365 and 366.
uint256 constant CLOCK_UNITS_PER_YEAR = 1_603_080;
uint256 constant UNIT = CLOCK_UNITS_PER_YEAR * WAD;

/// @dev Of loans and of facilities.
uint32 constant MAXIMUM_NUMBER = type(uint32).max;

/// @dev Of the contract interest that lenders receive.
uint256 constant INTEREST_FEE_CAP = WAD / 2;

// A facility's shares: the virtual balance that makes inflating the first deposit unprofitable, the dilution
// above which a facility takes no deposit, and the days for which a deposit must stay.
uint256 constant VIRTUAL_SHARES = 1e6;
uint256 constant VIRTUAL_ASSETS = 1;
uint256 constant MAXIMUM_SHARES_PER_ASSET = 1e12;
uint256 constant REDEMPTION_LOCK_DAYS = 3;
uint256 constant RECOVERY_DAYS = 30;

/// @dev That one call can pass in a facility's book.
uint256 constant DAYS_OF_AN_ADVANCE = 16;

// First-loss cover: the notice of a withdrawal, and the days after it in which the cover can be withdrawn.
uint256 constant COVER_NOTICE_DAYS = 100;
uint256 constant COVER_WINDOW_DAYS = 30;
