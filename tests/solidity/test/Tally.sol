// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {vm} from "./Vm.sol";

/// @dev What came of one vector.
struct Outcome {
    string id;
    bool isGuardOrder; // more than one guard rejects a call of it, so that it tells their order
    uint256 steps;
    string undeclared; // what it needs that the contract does not declare: it was left out; else empty
    string difference; // how the contract differs; empty where it conforms, or was not asked
}

/// @dev What came of all vectors so far.
struct Tally {
    uint256 run;
    uint256 leftOut;
    uint256 steps; // also of the vectors left out
    uint256 guardOrder; // of the vectors that ran
    uint256 differing;
    string first; // difference
}

/// @title The count of a run: no vector is left out in silence
library Tallies {
    error DoesNotConform(string reason);

    event log_string(string line);

    /// @notice Count a vector, and name it where it was left out or differs.
    function add(Tally memory tally, Outcome memory outcome) internal {
        tally.steps += outcome.steps;
        if (bytes(outcome.undeclared).length != 0) {
            tally.leftOut++;
            emit log_string(string.concat("left out: ", outcome.id, ", which needs ", outcome.undeclared));
            return;
        }
        tally.run++;
        if (outcome.isGuardOrder) tally.guardOrder++;
        if (bytes(outcome.difference).length == 0) return;
        tally.differing++;
        string memory flag = outcome.isGuardOrder ? " (order of guards)" : "";
        string memory text = string.concat(outcome.id, flag, ", ", outcome.difference);
        if (tally.differing == 1) tally.first = text;
        emit log_string(string.concat("differs: ", text));
    }

    /// @notice Reject a run in which a vector differs, or is missing, or in which none has run.
    function requireConformance(Tally memory tally, string memory what, uint256 expected) internal {
        emit log_string(string.concat(
                string.concat(
                    vm.toString(tally.run), " ", what, " run, ", vm.toString(tally.leftOut), " left out; "
                ),
                string.concat(vm.toString(tally.guardOrder), " tell the order of guards; "),
                string.concat(vm.toString(tally.differing), " differ")
            ));
        if (tally.differing != 0) {
            revert DoesNotConform(string.concat(vm.toString(tally.differing), " differ, first ", tally.first));
        }
        requireCount(what, tally.run + tally.leftOut, expected);
        if (tally.run == 0 && expected != 0) {
            revert DoesNotConform(string.concat("none of the ", what, " has run"));
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
