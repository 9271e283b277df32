// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

/// @dev A withdrawal word is recipient + chain·2^160 + amount·2^164 + account·2^228; zero in an unused lane. Chain 0 is the rollup's own.
function recipientOf(uint256 word) pure returns (address) {
    return address(uint160(word));
}

function chainOf(uint256 word) pure returns (uint256) {
    return (word >> 160) & 15;
}

function amountOf(uint256 word) pure returns (uint64) {
    return uint64(word >> 164);
}

function accountOf(uint256 word) pure returns (uint256) {
    return word >> 228;
}

/// @dev Root of the binary tree over a batch's withdrawal words in their order, as many empty leaves behind them as make a power of two. A leaf
/// hashes 32 bytes, a node the 64 of its children, left before right: no node passes for a leaf, and no word for one at another place.
function withdrawalsRootOf(uint256[] calldata words) pure returns (bytes32) {
    uint256 width = 1;
    while (width < words.length) width <<= 1;
    bytes32[] memory nodes = new bytes32[](width);
    for (uint256 i = 0; i < words.length; i++) nodes[i] = keccak256(abi.encode(words[i]));
    for (width >>= 1; width != 0; width >>= 1) {
        for (uint256 i = 0; i < width; i++) nodes[i] = keccak256(abi.encode(nodes[2 * i], nodes[2 * i + 1]));
    }
    return nodes[0];
}

/// @dev Whether a word is at a place below a root. Places beyond the path's width are nowhere, so that each place has one number.
function isWithdrawal(bytes32 root, uint256 place, uint256 word, bytes32[] calldata path) pure returns (bool) {
    bytes32 node = keccak256(abi.encode(word));
    for (uint256 i = 0; i < path.length; i++) {
        node = place & 1 == 0 ? keccak256(abi.encode(node, path[i])) : keccak256(abi.encode(path[i], node));
        place >>= 1;
    }
    return place == 0 && node == root;
}
