// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Token} from "../src/Token.sol";
import {Genesis, TokenGenesis} from "./Vectors.sol";
import {vm} from "./Vm.sol";

/// @dev The function that shows a contract's EIP-712 domain separator, by its usual name.
interface IDomain {
    function DOMAIN_SEPARATOR() external view returns (bytes32);
}

/// @title The state in which every vector begins
abstract contract Stage {
    error NotDeployed(address where, bytes revertData);

    address internal protocol;
    address[] internal tokens;

    /// @notice Put the contract at the protocol's address; `place` does so with its creation code.
    function deploy(Genesis memory genesis) internal virtual;

    /// @notice The contract's EIP-712 domain separator, over which the signatures of a vector are made.
    function domainSeparator() internal view virtual returns (bytes32) {
        return IDomain(protocol).DOMAIN_SEPARATOR();
    }

    /// @dev Set the chain, and place the tokens and the contract at their addresses.
    function begin(Genesis memory genesis) internal {
        vm.chainId(genesis.chainId);
        vm.warp(0);
        protocol = genesis.protocol;
        for (uint256 i = 0; i < genesis.tokens.length; i++) {
            TokenGenesis memory token = genesis.tokens[i];
            tokens.push(token.token);
            bytes memory arguments = abi.encode(token.holders, token.balances, token.refused);
            place(token.token, bytes.concat(type(Token).creationCode, arguments));
        }
        deploy(genesis);
        if (protocol.code.length == 0) revert NotDeployed(protocol, "");
    }

    /// @dev Run creation code at an address of choice, so that the constructor's storage, and what it computes of
    /// its own address, are right there.
    function place(address where, bytes memory creationCode) internal {
        vm.etch(where, creationCode);
        // The creation code itself runs, not a contract's function.
        (bool isCreated, bytes memory answer) = where.call("");
        if (!isCreated) revert NotDeployed(where, answer);
        vm.etch(where, answer);
    }

    function isToken(address account) internal view returns (bool) {
        for (uint256 i = 0; i < tokens.length; i++) {
            if (tokens[i] == account) return true;
        }
        return false;
    }
}
