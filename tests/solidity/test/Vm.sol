// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

/// @dev The cheat codes that the tests use, as Forge answers them at one fixed address.
interface Vm {
    // What the next calls see
    function prank(address sender) external;
    function startPrank(address sender) external;
    function stopPrank() external;
    function warp(uint256 timestamp) external;
    function chainId(uint256 id) external;

    function pauseGasMetering() external;

    // The state of accounts
    function deal(address account, uint256 balance) external;
    function etch(address account, bytes calldata code) external;
    function load(address account, bytes32 slot) external view returns (bytes32);
    function store(address account, bytes32 slot, bytes32 word) external;
    function snapshotState() external returns (uint256 snapshot);
    function revertToState(uint256 snapshot) external returns (bool);
    function revertToStateAndDelete(uint256 snapshot) external returns (bool);

    // What must hold
    function assume(bool condition) external pure;
    function assertEq(uint256 left, uint256 right) external pure;
    function assertEq(int256 left, int256 right) external pure;
    function assertEq(bytes calldata left, bytes calldata right, string calldata message) external pure;
    function assertTrue(bool condition) external pure;
    function assertTrue(bool condition, string calldata message) external pure;
    function expectRevert() external;
    function expectRevert(bytes4 selector) external;
    function expectRevert(bytes calldata revertData) external;

    // Logs
    struct Log {
        bytes32[] topics;
        bytes data;
        address emitter;
    }

    function recordLogs() external;
    function getRecordedLogs() external returns (Log[] memory);

    // Signatures
    function addr(uint256 privateKey) external pure returns (address);
    function sign(uint256 privateKey, bytes32 digest) external pure returns (uint8 v, bytes32 r, bytes32 s);

    // Files and the environment
    function projectRoot() external view returns (string memory);
    function exists(string calldata path) external view returns (bool);
    function isFile(string calldata path) external view returns (bool);
    function readLine(string calldata path) external view returns (string memory);
    function closeFile(string calldata path) external;
    function envOr(string calldata name, bool otherwise) external view returns (bool);
    function envOr(string calldata name, uint256 otherwise) external view returns (uint256);
    function envOr(string calldata name, string calldata otherwise) external view returns (string memory);

    // Text
    function parseBytes(string calldata text) external pure returns (bytes memory);
    function split(string calldata text, string calldata separator) external pure returns (string[] memory);
    function toString(address account) external pure returns (string memory);
    function toString(bytes calldata bytes_) external pure returns (string memory);
    function toString(bytes32 word) external pure returns (string memory);
    function toString(uint256 number) external pure returns (string memory);
}

Vm constant vm = Vm(address(uint160(uint256(keccak256("hevm cheat code")))));
