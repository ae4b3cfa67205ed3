// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Names} from "./Names.sol";
import {ExpectedLog, Observation} from "./Vectors.sol";
import {Vm, vm} from "./Vm.sol";

/// @title Comparisons to the byte
/// @notice Each says in words how a contract differs from what a vector expects, and nothing where it does not.
library Comparison {
    uint256 private constant WORD_BYTES = 32;

    /// @notice Compare what came of a call: whether it succeeded, and all that it returned or reverted with.
    function ofResult(bool succeeds, bytes memory expected, bool succeeded, bytes memory got)
        internal
        pure
        returns (string memory)
    {
        if (succeeds && succeeded) return ofBytes(expected, got);
        if (succeeds == succeeded && same(expected, got)) return "";
        return difference(outcome(succeeds, expected), outcome(succeeded, got));
    }

    /// @notice Compare the logs of a call, in order.
    function ofLogs(ExpectedLog[] memory expected, Vm.Log[] memory got)
        internal
        pure
        returns (string memory text)
    {
        uint256 count = expected.length > got.length ? expected.length : got.length;
        for (uint256 i = 0; i < count && bytes(text).length == 0; i++) {
            if (i >= expected.length) {
                text = difference("no further log", nameOf(got[i].topics));
            } else if (i >= got.length) {
                text = difference(nameOf(expected[i].topics), "no further log");
            } else {
                text = ofLog(expected[i], got[i]);
            }
            if (bytes(text).length != 0) text = string.concat("log ", vm.toString(i), ": ", text);
        }
    }

    /// @notice Compare what a view returns.
    function ofObservation(Observation memory observation, bool succeeded, bytes memory got)
        internal
        pure
        returns (string memory text)
    {
        text = ofResult(true, observation.result, succeeded, got);
        if (bytes(text).length == 0) return text;
        return string.concat("then ", Names.ofCallWithArguments(observation.callData), ": ", text);
    }

    function same(bytes memory left, bytes memory right) internal pure returns (bool) {
        return keccak256(left) == keccak256(right);
    }

    function ofLog(ExpectedLog memory expected, Vm.Log memory got) private pure returns (string memory text) {
        string memory expectedName = nameOf(expected.topics);
        string memory name = nameOf(got.topics);
        if (!same(bytes(expectedName), bytes(name))) return difference(expectedName, name);
        if (expected.emitter != got.emitter) {
            return
                string.concat(
                    name, " by: ", difference(vm.toString(expected.emitter), vm.toString(got.emitter))
                );
        }
        text = ofBytes(abi.encodePacked(expected.topics), abi.encodePacked(got.topics));
        if (bytes(text).length != 0) return string.concat(name, ", topics: ", text);
        text = ofBytes(expected.data, got.data);
        if (bytes(text).length != 0) return string.concat(name, ", data: ", text);
    }

    /// @dev Compare bytes that are ABI-encoded, hence words; show the first that differs.
    function ofBytes(bytes memory expected, bytes memory got) private pure returns (string memory) {
        if (same(expected, got)) return "";
        if (expected.length != got.length || expected.length % WORD_BYTES != 0) {
            return difference(vm.toString(expected), vm.toString(got));
        }
        uint256 i = 0;
        while (Names.wordAt(expected, i) == Names.wordAt(got, i)) i += WORD_BYTES;
        string memory text =
            difference(Names.ofWord(Names.wordAt(expected, i)), Names.ofWord(Names.wordAt(got, i)));
        if (expected.length == WORD_BYTES) return text;
        return string.concat(text, " as word ", vm.toString(i / WORD_BYTES));
    }

    function nameOf(bytes32[] memory topics) private pure returns (string memory) {
        return topics.length == 0 ? "an anonymous log" : Names.ofEvent(topics[0]);
    }

    function outcome(bool succeeded, bytes memory result) private pure returns (string memory) {
        return succeeded ? "success" : string.concat("a revert with ", Names.ofRevert(result));
    }

    function difference(string memory expected, string memory got) private pure returns (string memory) {
        return string.concat("expected ", expected, ", got ", got);
    }
}
