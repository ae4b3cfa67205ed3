// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Conformance} from "./Conformance.sol";
import {Genesis} from "./Vectors.sol";

/// @dev A contract that shows what the runner signs: its domain is fixed by its constructor, from its own address.
contract SignatureProbe {
    bytes32 public immutable DOMAIN_SEPARATOR = keccak256(
        abi.encode(
            keccak256("EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"),
            keccak256("Lien"),
            keccak256("1"),
            block.chainid,
            address(this)
        )
    );

    function recover(bytes32 structHash, bytes memory signature)
        external
        view
        returns (address signer, bytes memory received)
    {
        bytes32 r;
        bytes32 s;
        uint8 v;
        assembly ("memory-safe") {
            r := mload(add(signature, 32))
            s := mload(add(signature, 64))
            v := byte(0, mload(add(signature, 96)))
        }
        bytes32 digest = keccak256(abi.encodePacked(hex"1901", DOMAIN_SEPARATOR, structHash));
        return (ecrecover(digest, v, r, s), signature);
    }
}

/// @title What the runner signs is what Lien signs
contract SignatureProbeTest is Conformance {
    function deploy(Genesis memory genesis) internal override {
        place(genesis.protocol, type(SignatureProbe).creationCode);
    }

    function chapters() internal pure override returns (string[] memory covered) {
        covered = new string[](1);
        covered[0] = "agreement";
    }
}
