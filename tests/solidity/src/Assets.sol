// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {
    AccountFrozen,
    InsufficientBalance,
    NothingToClaim,
    NothingToSkim,
    PayeeRefused,
    RecipientIsProtocol,
    UnknownAsset
} from "./Errors.sol";
import {IToken} from "./Token.sol";

/// @title Chapter "assets": what the protocol holds for others, and claims
/// @notice Holdings and claims are the protocol's own figures, in base units, never its token balance: whoever
/// sends it tokens changes nothing but that balance.
abstract contract Assets {
    event ClaimRecorded(address indexed asset, address claimant, uint128 amount);
    event Claimed(address indexed asset, address claimant, address recipient, uint128 amount);
    event Skimmed(address indexed asset, uint128 amount);

    mapping(address asset => bool) internal isListed;
    mapping(address asset => uint256) public holdingsOf;
    mapping(address asset => mapping(address claimant => uint256)) public claimableOf;

    /// @dev What the protocol owes these accounts waits as a claim; chapter "identity" freezes them.
    mapping(address account => bool) internal isFrozen;

    address private immutable treasury;

    constructor(address[] memory assets, address treasury_) {
        treasury = treasury_;
        for (uint256 i = 0; i < assets.length; i++) {
            isListed[assets[i]] = true;
        }
    }

    /// @notice Pay out all that the sender can claim of an asset, to another account than the protocol's.
    function claim(address asset, address recipient) external {
        uint256 amount = claimableOf[asset][msg.sender];
        if (amount == 0) revert NothingToClaim();
        if (recipient == address(this)) revert RecipientIsProtocol();
        if (isFrozen[msg.sender] || isFrozen[recipient]) revert AccountFrozen();

        holdingsOf[asset] -= amount;
        claimableOf[asset][msg.sender] = 0;

        if (!IToken(asset).transfer(recipient, amount)) revert PayeeRefused();

        // At most the asset's supply.
        emit Claimed(asset, msg.sender, recipient, uint128(amount));
    }

    /// @notice Send the treasury what the protocol holds of an asset above its recorded figures.
    function skim(address asset) external {
        if (!isListed[asset]) revert UnknownAsset();
        uint256 held = IToken(asset).balanceOf(address(this));
        uint256 recorded = holdingsOf[asset];
        if (held <= recorded) revert NothingToSkim();

        holdingsOf[asset] = held;

        deliver(asset, treasury, held - recorded);

        // At most the asset's supply.
        emit Skimmed(asset, uint128(held - recorded));
    }

    /// @dev Take an amount from the payer into the protocol's holdings; the token rejects what is not there.
    function collect(address asset, address payer, uint256 amount) internal {
        holdingsOf[asset] += amount;

        if (!IToken(asset).transferFrom(payer, address(this), amount)) revert InsufficientBalance();
    }

    /// @dev Pay an amount out of the protocol's holdings, or make it claimable where the payee is frozen or the
    /// token refuses them; an event tells of that before those of the call.
    function deliver(address asset, address payee, uint256 amount) internal {
        holdingsOf[asset] -= amount;

        if (!isFrozen[payee]) {
            try IToken(asset).transfer(payee, amount) returns (bool delivered) {
                if (delivered) return;
            } catch {}
        }

        holdingsOf[asset] += amount;
        claimableOf[asset][payee] += amount;

        // At most the holdings, and so the asset's supply.
        emit ClaimRecorded(asset, payee, uint128(amount));
    }
}
