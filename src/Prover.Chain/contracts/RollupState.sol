// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

import "./Groth16.sol";

/// @title What the rollup has proved so far
abstract contract RollupState {
    uint256 public immutable configurationHash;

    uint256 public stateRoot;
    uint256 public batchNumber;
    uint256 public batchTime;

    event BatchAccepted(uint256 indexed number, uint256 oldRoot, uint256 newRoot, uint256 time, uint256 deposits);

    constructor(uint256 root, uint256 configuration) {
        requireInField(root);
        requireInField(configuration);
        stateRoot = root;
        configurationHash = configuration;
    }

    function _advance(uint256 newRoot, uint256 time, uint256 deposits) internal {
        uint256 oldRoot = stateRoot;
        uint256 number = ++batchNumber;
        stateRoot = newRoot;
        batchTime = time;
        emit BatchAccepted(number, oldRoot, newRoot, time, deposits);
    }
}
