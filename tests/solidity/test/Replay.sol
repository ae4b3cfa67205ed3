// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IToken} from "../src/Token.sol";
import {Comparison} from "./Comparison.sol";
import {Names} from "./Names.sol";
import {Stage} from "./Stage.sol";
import {Observation, SignatureSlot, Step} from "./Vectors.sol";
import {Vm, vm} from "./Vm.sol";

/// @title One step of a trace, performed and compared
abstract contract Replay is Stage {
    error SignatureOutsideCallData(uint256 offset);

    uint256 private constant SIGNATURE_BYTES = 65;

    /// @dev Perform a step, and say how the contract differs from it; nothing where it does not. To differ only in
    /// the error is a case of its own.
    function perform(Step memory step) internal returns (string memory difference, bool isOtherError) {
        if (step.target != protocol && !isToken(step.target)) {
            return ("its target is neither the protocol nor a token", false);
        }
        prepare(step);
        vm.prank(step.sender);
        (bool succeeded, bytes memory result) = step.target.call(step.callData);
        difference = Comparison.ofResult(step.succeeds, step.result, succeeded, result);
        isOtherError = !step.succeeds && !succeeded && bytes(difference).length != 0;
        // Forge also records what a reverted call would have logged: also one within the call, if that is caught.
        if (bytes(difference).length == 0 && succeeded) {
            difference = Comparison.ofLogs(step.logs, recordedLogs());
        }
        for (uint256 i = 0; i < step.observations.length && bytes(difference).length == 0; i++) {
            difference = observe(step.observations[i]);
        }
        if (bytes(difference).length != 0) {
            difference = string.concat(Names.ofCall(step.callData), ": ", difference);
        }
    }

    /// @dev Set the time, and see to it that whoever could have to pay has approved, and has signed.
    function prepare(Step memory step) private {
        vm.warp(step.timestamp);
        approve(step.sender);
        for (uint256 i = 0; i < step.signatures.length; i++) {
            SignatureSlot memory slot = step.signatures[i];
            approve(vm.addr(slot.actorKey));
            sign(step.callData, slot);
        }
        vm.recordLogs();
    }

    function approve(address account) private {
        for (uint256 i = 0; i < tokens.length; i++) {
            vm.prank(account);
            IToken(tokens[i]).approve(protocol, type(uint256).max);
        }
    }

    /// @dev Write r || s || v into the call data.
    function sign(bytes memory callData, SignatureSlot memory slot) private view {
        uint256 offset = slot.offset;
        if (offset + SIGNATURE_BYTES > callData.length) revert SignatureOutsideCallData(offset);
        bytes32 digest = keccak256(abi.encodePacked(hex"1901", domainSeparator(), slot.structHash));
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(slot.actorKey, digest);
        assembly ("memory-safe") {
            let start := add(add(callData, 32), offset)
            mstore(start, r)
            mstore(add(start, 32), s)
            mstore8(add(start, 64), v)
        }
    }

    /// @dev The logs since the step was prepared, but for the tokens'.
    function recordedLogs() private returns (Vm.Log[] memory logs) {
        Vm.Log[] memory all = vm.getRecordedLogs();
        uint256 count = 0;
        logs = new Vm.Log[](all.length);
        for (uint256 i = 0; i < all.length; i++) {
            if (!isToken(all[i].emitter)) logs[count++] = all[i];
        }
        assembly ("memory-safe") {
            mstore(logs, count)
        }
    }

    function observe(Observation memory observation) private view returns (string memory) {
        (bool succeeded, bytes memory result) = observation.target.staticcall(observation.callData);
        return Comparison.ofObservation(observation, succeeded, result);
    }
}
