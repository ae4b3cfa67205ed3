// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {vm} from "./Vm.sol";

/// @dev What came of one vector.
struct Outcome {
    string id;
    bool isGuardOrder; // more than one guard rejects its last call, so that it tells their order
    uint256 steps;
    string undeclared; // what it needs that the contract does not declare: it was left out; else empty
    string difference; // how the contract differs; empty where it conforms, or was not asked
    bool isOtherError; // it differs only in the error with which it rejects
}

/// @dev What came of all vectors so far.
struct Tally {
    uint256 run;
    uint256 leftOut;
    uint256 steps; // also of the vectors left out
    uint256 differing;
    string first; // difference
    uint256 guardOrder; // of the vectors that ran, those that tell the order of guards
    uint256 reordered; // of those, the ones that another guard rejects: not among the differing
    string firstReordered;
}

/// @title The count of a run: no vector is left out in silence
library Tallies {
    error DoesNotConform(string reason);

    event log_string(string line);

    /// @notice Count a vector, and name it where it was left out or differs.
    /// @return isKept Whether the tally holds on to a text about it.
    function add(Tally memory tally, Outcome memory outcome) internal returns (bool isKept) {
        tally.steps += outcome.steps;
        if (bytes(outcome.undeclared).length != 0) {
            tally.leftOut++;
            emit log_string(string.concat("left out: ", outcome.id, ", which needs ", outcome.undeclared));
            return false;
        }
        tally.run++;
        if (outcome.isGuardOrder) tally.guardOrder++;
        if (bytes(outcome.difference).length == 0) return false;
        string memory text = string.concat(outcome.id, ", ", outcome.difference);
        if (outcome.isGuardOrder && outcome.isOtherError) {
            emit log_string(string.concat("another guard: ", text));
            isKept = tally.reordered++ == 0;
            if (isKept) tally.firstReordered = text;
        } else {
            emit log_string(string.concat("differs: ", text));
            isKept = tally.differing++ == 0;
            if (isKept) tally.first = text;
        }
    }

    /// @notice Report a run, and reject it where a vector differs or is missing.
    function requireConformance(Tally memory tally, string memory what, uint256 expected) internal {
        string memory ran = string.concat(vm.toString(tally.run), " ", what, " ran, ");
        string memory rest =
            string.concat(vm.toString(tally.leftOut), " left out, ", vm.toString(tally.differing));
        emit log_string(string.concat(ran, rest, " differ"));
        if (tally.differing != 0) {
            revert DoesNotConform(string.concat(vm.toString(tally.differing), " differ, first ", tally.first));
        }
        requireCount(what, tally.run + tally.leftOut, expected);
    }

    /// @notice Report apart the vectors that tell the order of guards, and reject a contract with another order.
    function requireGuardOrder(Tally memory tally, bool isRequired) internal {
        string memory text =
            string.concat(vm.toString(tally.guardOrder), " tell the order of guards, of which ");
        text = string.concat(text, vm.toString(tally.reordered), " are rejected by another guard");
        emit log_string(text);
        if (isRequired && tally.reordered != 0) {
            revert DoesNotConform(string.concat(text, ", first ", tally.firstReordered));
        }
    }

    /// @notice Reject a set that does not hold what its manifest says.
    function requireCount(string memory what, uint256 counted, uint256 expected) internal pure {
        if (counted == expected) return;
        revert DoesNotConform(string.concat(
                "counted ", vm.toString(counted), " ", what, ", the manifest says ", vm.toString(expected)
            ));
    }
}
