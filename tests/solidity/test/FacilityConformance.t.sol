// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Facility} from "../src/Facility.sol";
import {ArithmeticHarness} from "./ArithmeticHarness.sol";
import {Conformance} from "./Conformance.sol";
import {Genesis} from "./Vectors.sol";

/// @title The reference contract of the chapters "assets" and "facility" against the vectors
contract FacilityConformanceTest is Conformance {
    address private immutable harness = address(new ArithmeticHarness());

    function deploy(Genesis memory genesis) internal override {
        address[] memory assets = new address[](genesis.tokens.length);
        for (uint256 i = 0; i < assets.length; i++) {
            assets[i] = genesis.tokens[i].token;
        }
        place(
            genesis.protocol, bytes.concat(type(Facility).creationCode, abi.encode(assets, genesis.treasury))
        );
    }

    function chapters() internal pure override returns (string[] memory covered) {
        covered = new string[](2);
        covered[0] = "assets";
        covered[1] = "facility";
    }

    function arithmetic() internal view override returns (address) {
        return harness;
    }
}
