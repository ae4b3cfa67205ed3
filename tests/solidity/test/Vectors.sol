// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

// A vector set for the EVM: each line of `genesis.hex`, `trace.hex`, `arithmetic.hex` and `manifest.hex` is one
// of these, ABI-encoded.

/// @dev `manifest.hex`: what the set holds, so that a vector that is absent is noticed.
struct Manifest {
    string version;
    uint256 traces;
    uint256 steps; // of all traces
    uint256 arithmetic;
    bytes32 root;
    string[] chapters; // all that occur
}

/// @dev `genesis.hex`: where every trace begins.
struct Genesis {
    uint256 chainId;
    address protocol;
    address treasury;
    TokenGenesis[] tokens;
    Offices offices; // nobody is of a council
    uint16[] jurisdictions; // of which borrowers are accepted
    ProductGenesis[] products; // the first is number 1
}

struct TokenGenesis {
    address token;
    address[] holders;
    uint256[] balances;
    address[] refused; // whom the token refuses to pay
}

/// @dev Who has which office at genesis.
struct Offices {
    address[] guardians;
    address[] attestors;
    address[] reviewers;
    address[] feeders; // the first has seat 1
}

/// @dev A loan product. The arrays have an entry for each grade, the best first.
struct ProductGenesis {
    address asset;
    bool isOpen;
    uint128 minimumPrincipal;
    uint128 maximumPrincipal;
    uint32 maximumDays;
    uint8 minimumTier;
    bool allowsUnsecured;
    uint32 quorum;
    uint64 impairmentRatio;
    uint16[4] leastScores;
    uint64[4] rates;
    uint64[4] originationLimits;
}

/// @dev `trace.hex`: calls from genesis on.
struct Trace {
    string id;
    string[] chapters; // of the calls in it
    string[] flags;
    Step[] steps;
}

/// @dev One call, and all that can be seen of it.
struct Step {
    address target; // the protocol, or a token
    address sender;
    uint64 timestamp;
    bytes callData;
    SignatureSlot[] signatures;
    bool succeeds;
    bytes result; // what is returned, or the data of the revert
    ExpectedLog[] logs; // the protocol's, in order
    Observation[] observations;
}

/// @dev A signature of 65 bytes, r || s || v, that stands in the call data and is made over the contract's domain.
struct SignatureSlot {
    uint256 offset;
    uint256 actorKey;
    bytes32 structHash; // EIP-712
}

struct ExpectedLog {
    address emitter;
    bytes32[] topics;
    bytes data;
}

/// @dev A view call after the step.
struct Observation {
    address target;
    bytes callData;
    bytes result;
}

/// @dev `arithmetic.hex`: one call of a pure function.
struct ArithmeticVector {
    string id;
    string operation; // the function's name
    bytes arguments; // encoded, without a selector
    bool succeeds;
    bytes result;
}
