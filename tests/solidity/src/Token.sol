// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {InsufficientBalance, PayeeRefused} from "./Errors.sol";

/// @notice What the protocol asks of a token.
interface IToken {
    function transfer(address payee, uint256 amount) external returns (bool);
    function transferFrom(address payer, address payee, uint256 amount) external returns (bool);
    function approve(address spender, uint256 amount) external returns (bool);
    function balanceOf(address account) external view returns (uint256);
}

/// @title A plain ERC-20 token that can refuse to pay an account
/// @notice A transfer moves exactly its amount. Its constructor is the only source of tokens. Amounts are base
/// units.
contract Token is IToken {
    event Transfer(address indexed payer, address indexed payee, uint256 amount);
    event Approval(address indexed owner, address indexed spender, uint256 amount);

    error InsufficientAllowance();

    uint256 public totalSupply;
    mapping(address account => uint256) public balanceOf;
    mapping(address account => bool) public refuses;
    mapping(address owner => mapping(address spender => uint256)) public allowance;

    constructor(address[] memory holders, uint256[] memory balances, address[] memory refused) {
        for (uint256 i = 0; i < holders.length; i++) {
            totalSupply += balances[i];
            balanceOf[holders[i]] += balances[i];
        }
        for (uint256 i = 0; i < refused.length; i++) {
            refuses[refused[i]] = true;
        }
    }

    /// @notice Move the sender's tokens to any account.
    function transfer(address payee, uint256 amount) external returns (bool) {
        move(msg.sender, payee, amount);
        return true;
    }

    /// @notice Move the tokens of an account that allowed it; the greatest allowance never runs out.
    function transferFrom(address payer, address payee, uint256 amount) external returns (bool) {
        move(payer, payee, amount);
        uint256 allowed = allowance[payer][msg.sender];
        if (allowed < amount) revert InsufficientAllowance();
        if (allowed != type(uint256).max) allowance[payer][msg.sender] = allowed - amount;
        return true;
    }

    /// @notice Allow an account to move up to an amount of the sender's tokens.
    function approve(address spender, uint256 amount) external returns (bool) {
        allowance[msg.sender][spender] = amount;
        emit Approval(msg.sender, spender, amount);
        return true;
    }

    function move(address payer, address payee, uint256 amount) private {
        if (refuses[payee]) revert PayeeRefused();
        if (balanceOf[payer] < amount) revert InsufficientBalance();
        balanceOf[payer] -= amount;
        balanceOf[payee] += amount;
        emit Transfer(payer, payee, amount);
    }
}
