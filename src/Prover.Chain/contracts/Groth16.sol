// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

/// @dev Order of BN254's groups: public inputs and data words are below it.
uint256 constant FIELD = 21888242871839275222246405745257275088548364400416034343698204186575808495617;

error OutOfField(uint256 value);
error InvalidProof();

/// @notice What `prover key` writes for a circuit with five public inputs.
interface IGroth16Verifier {
    function verifyProof(
        uint256[2] calldata a,
        uint256[2][2] calldata b,
        uint256[2] calldata c,
        uint256[5] calldata inputs
    ) external view returns (bool);
}

function requireInField(uint256 value) pure {
    if (value >= FIELD) revert OutOfField(value);
}
