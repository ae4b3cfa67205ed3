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
/// @notice The protocol holds no more of this asset than it records.
error NothingToSkim();
/// @notice The account is frozen.
error AccountFrozen();

/// @notice What the call does is paused.
error Paused();
/// @notice There is no facility of this number.
error UnknownFacility();
/// @notice The amount is zero.
error ZeroAmount();
/// @notice The number of shares is zero.
error ZeroShares();
/// @notice The interest fee is above its cap.
error InterestFeeAboveCap();
/// @notice The interest fee is below the floor that the council set.
error InterestFeeBelowFloor();
/// @notice All facility numbers are used.
error TooManyFacilities();
/// @notice The facility has one lender, and it is another account.
error NotTheLender();
/// @notice The facility winds down: it takes no deposit and lends no more.
error FacilityWindsDown();
/// @notice Cash and principal would pass the facility's deposit cap.
error DepositCapExceeded();
/// @notice The facility has too many shares for its net assets and takes no deposit.
error FacilityDiluted();
/// @notice The deposit buys fewer shares than asked for.
error SharesBelowMinimum();
/// @notice The lender has fewer shares than named.
error InsufficientShares();
/// @notice The lender deposited too few days ago.
error DepositTooRecent();
/// @notice Others wait in the queue of redemptions.
error QueueNotEmpty();
/// @notice The shares are worth less than asked for.
error AmountBelowMinimum();
/// @notice A default may not be booked yet: the facility's book is not current.
error BookNotCurrent();
/// @notice The facility's book is current already.
error BookIsCurrent();
/// @notice A loan came to its stop day and is not booked yet.
error DayNotClear();
/// @notice The facility has less idle cash than the call needs.
error InsufficientCash();
/// @notice All places of the queue of redemptions are used.
error QueueFull();
/// @notice No shares wait at this place of the queue.
error NotQueued();
/// @notice Another lender asked for this redemption.
error NotRequester();
/// @notice Nobody waits in the queue of redemptions.
error QueueEmpty();
/// @notice The facility has no net assets, so that its shares are worth nothing.
error FacilityWorthless();
/// @notice The amount is more than was announced.
error CoverNotAnnounced();
/// @notice The notice of the withdrawal has not ended.
error CoverNoticeRunning();
/// @notice The days for the withdrawal have ended; it needs a new notice.
error CoverWindowClosed();
/// @notice A loan of the facility is in default or impaired.
error BookNotClean();
/// @notice The first-loss cover is, or would be, below what the principal requires.
error CoverInsufficient();
/// @notice Only the facility's servicer may send this call.
error NotServicer();
