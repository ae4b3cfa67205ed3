// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Comparison} from "./Comparison.sol";
import {Names} from "./Names.sol";
import {Replay} from "./Replay.sol";
import {Outcome, Tallies, Tally} from "./Tally.sol";
import {ArithmeticVector, Genesis, Manifest, Trace} from "./Vectors.sol";
import {vm} from "./Vm.sol";

/// @title The runner of a vector set, for any contract
/// @notice Derive a test contract that says how the contract is deployed and which chapters it covers. The
/// environment variable LIEN_VECTORS names the set's folder, as seen from the project's root.
/// @dev Each vector runs in a call to this contract that always reverts, with the vector's outcome: so each begins
/// in the same state, and neither memory nor storage grows with their number. All steps of a trace share one
/// transaction of the EVM.
abstract contract Conformance is Replay {
    using Tallies for Tally;

    error Finished(Outcome outcome);
    error NoVectors(string folder, string remedy);
    error CannotRun(string file, uint256 line, string reason);

    uint256 private constant MAXIMUM_DIFFERENCES = 20;
    string private constant GUARD_ORDER = "guard-order";

    Manifest private manifest;

    /// @notice The chapters that the contract covers.
    function chapters() internal pure virtual returns (string[] memory);

    /// @notice A contract with the functions that the arithmetic vectors name, or none: they are then left out.
    function arithmetic() internal virtual returns (address) {
        return address(0);
    }

    /// @notice Whether the contract checks its guards in Lien's order: where more than one of them fails, that
    /// decides which error is given.
    function isGuardOrderRequired() internal pure virtual returns (bool) {
        return true;
    }

    function setUp() external {
        if (!vm.isFile(pathOf("manifest.hex"))) {
            revert NoVectors(pathOf(""), "generate a set of vectors, and name its folder in LIEN_VECTORS");
        }
        manifest = abi.decode(vm.parseBytes(vm.readLine(pathOf("manifest.hex"))), (Manifest));
        begin(abi.decode(vm.parseBytes(vm.readLine(pathOf("genesis.hex"))), (Genesis)));
    }

    function test_traces() external {
        vm.pauseGasMetering();
        requireKnownChapters();
        Tally memory tally = runAll("trace.hex", this.runTrace);
        tally.requireConformance("traces", manifest.traces);
        tally.requireGuardOrder(isGuardOrderRequired());
        Tallies.requireCount("steps", tally.steps, manifest.steps);
        if (tally.run == 0) revert Tallies.DoesNotConform("no trace has run");
    }

    function test_arithmetic() external {
        vm.pauseGasMetering();
        Tally memory tally = runAll("arithmetic.hex", this.runArithmetic);
        tally.requireConformance("arithmetic vectors", manifest.arithmetic);
    }

    // One vector

    function runTrace(bytes calldata line) external {
        Trace memory trace = abi.decode(line, (Trace));
        Outcome memory outcome;
        outcome.id = trace.id;
        outcome.isGuardOrder = contains(trace.flags, GUARD_ORDER);
        outcome.undeclared = undeclaredChapter(trace.chapters);
        if (bytes(outcome.undeclared).length != 0) {
            outcome.steps = trace.steps.length;
            revert Finished(outcome);
        }
        for (uint256 i = 0; i < trace.steps.length && bytes(outcome.difference).length == 0; i++) {
            (outcome.difference, outcome.isOtherError) = perform(trace.steps[i]);
            outcome.steps++;
            if (bytes(outcome.difference).length != 0) {
                outcome.difference = string.concat("step ", vm.toString(i), ", ", outcome.difference);
            }
        }
        revert Finished(outcome);
    }

    function runArithmetic(bytes calldata line) external {
        ArithmeticVector memory vector = abi.decode(line, (ArithmeticVector));
        Outcome memory outcome;
        outcome.id = vector.id;
        address harness = arithmetic();
        if (harness == address(0)) {
            outcome.undeclared = vector.operation;
            revert Finished(outcome);
        }
        bytes4 selector = bytes4(keccak256(bytes(Names.ofOperation(vector.operation))));
        bytes memory callData = bytes.concat(selector, vector.arguments);
        (bool succeeded, bytes memory result) = harness.staticcall(callData);
        // How pure arithmetic fails is the contract's own affair.
        if (!vector.succeeds && !succeeded) revert Finished(outcome);
        outcome.difference = Comparison.ofResult(vector.succeeds, vector.result, succeeded, result);
        revert Finished(outcome);
    }

    // All vectors of a file

    /// @dev Run each line, and give the memory back that it took.
    function runAll(string memory name, function(bytes memory) external run)
        private
        returns (Tally memory tally)
    {
        string memory path = pathOf(name);
        for (uint256 number = 1; tally.differing < MAXIMUM_DIFFERENCES; number++) {
            uint256 unused = freeMemory();
            string memory line = vm.readLine(path);
            if (bytes(line).length == 0) break;
            try run(vm.parseBytes(line)) {
                revert CannotRun(name, number, "it did not finish");
            } catch (bytes memory answer) {
                if (bytes4(answer) != Finished.selector) {
                    revert CannotRun(name, number, Names.ofRevert(answer));
                }
                bool isKept = tally.add(decodeOutcome(answer));
                if (!isKept) releaseMemory(unused);
            }
        }
        vm.closeFile(path);
    }

    function decodeOutcome(bytes memory answer) private pure returns (Outcome memory) {
        assembly ("memory-safe") {
            // The length overwrites the selector, so that what remains is the encoded outcome.
            mstore(add(answer, 4), sub(mload(answer), 4))
            answer := add(answer, 4)
        }
        return abi.decode(answer, (Outcome));
    }

    function freeMemory() private pure returns (uint256 pointer) {
        assembly ("memory-safe") {
            pointer := mload(64)
        }
    }

    function releaseMemory(uint256 pointer) private pure {
        assembly ("memory-safe") {
            mstore(64, pointer)
        }
    }

    function pathOf(string memory name) private view returns (string memory) {
        return string.concat(vm.envOr("LIEN_VECTORS", string("../../build/vectors")), "/", name);
    }

    // Chapters

    /// @dev A chapter that occurs in no vector is one misspelt, or of another version of the set.
    function requireKnownChapters() private view {
        string[] memory declared = chapters();
        for (uint256 i = 0; i < declared.length; i++) {
            if (!contains(manifest.chapters, declared[i])) {
                revert Tallies.DoesNotConform(string.concat("no vector is of the chapter ", declared[i]));
            }
        }
    }

    /// @dev The first chapter that is not among those that the contract covers, or nothing.
    function undeclaredChapter(string[] memory needed) private pure returns (string memory) {
        string[] memory declared = chapters();
        for (uint256 i = 0; i < needed.length; i++) {
            if (!contains(declared, needed[i])) return needed[i];
        }
        return "";
    }

    function contains(string[] memory words, string memory word) private pure returns (bool) {
        for (uint256 i = 0; i < words.length; i++) {
            if (Comparison.same(bytes(words[i]), bytes(word))) return true;
        }
        return false;
    }
}
