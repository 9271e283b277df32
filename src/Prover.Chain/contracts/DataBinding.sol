// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

import "./Groth16.sol";

uint256 constant HEADER_WORDS = 3;
uint256 constant DEPOSIT_WORDS = 3;
uint256 constant UPDATE_WORDS = 5;

/// @dev What is asked for, and the signature.
uint256 constant REQUEST_WORDS = 4;

/// @dev Places behind the data words that `bindData` fills.
uint256 constant BINDING_WORDS = 3;

/// @dev z = keccak256(D, c, roots) mod r and y = Σ dᵢ·zⁱ by Horner's rule, D being `data` without its last three places.
function bindData(uint256[] memory data, uint256 digest, uint256 oldRoot, uint256 newRoot) pure returns (uint256 challenge, uint256 evaluation) {
    uint256 count = data.length - BINDING_WORDS;
    data[count] = digest;
    data[count + 1] = oldRoot;
    data[count + 2] = newRoot;
    assembly ("memory-safe") {
        let start := add(data, 0x20)
        challenge := mod(keccak256(start, mul(add(count, 3), 0x20)), FIELD)
        for { let cursor := add(start, mul(count, 0x20)) } gt(cursor, start) {} {
            cursor := sub(cursor, 0x20)
            evaluation := addmod(mulmod(evaluation, challenge, FIELD), mload(cursor), FIELD)
        }
    }
}
