// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

// Every reason for which a call of the chapters "assets" and "facility" is rejected, one error each. None has
// arguments: a rejection is the reason, and the reason alone.

/// @notice The asset is not listed.
error UnknownAsset();
/// @notice The account that pays holds less than it has to pay. Raised by the token.
error InsufficientBalance();
/// @notice The token refuses the payee. Raised by the token.
error PayeeRefused();
/// @notice The account has nothing to claim of this asset.
error NothingToClaim();
/// @notice The recipient is the protocol's own account.
error RecipientIsProtocol();

/// @notice There is no facility of this number.
error UnknownFacility();
/// @notice The amount is zero.
error ZeroAmount();
/// @notice The number of shares is zero.
error ZeroShares();
/// @notice The interest fee is above its cap.
error InterestFeeAboveCap();
/// @notice All facility numbers are used.
error TooManyFacilities();
/// @notice The facility has too many shares for its net assets and takes no deposit.
error FacilityDiluted();
/// @notice The deposit buys fewer shares than asked for.
error SharesBelowMinimum();
/// @notice The lender has fewer shares than named.
error InsufficientShares();
/// @notice The lender deposited too few days ago.
error DepositTooRecent();
/// @notice The shares are worth less than asked for.
error AmountBelowMinimum();
/// @notice The facility has less idle cash than the call needs.
error InsufficientCash();
