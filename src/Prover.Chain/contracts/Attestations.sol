// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

/// @title A quorum of relayers that says which batches another chain's contract has accepted
/// @dev EIP-712: the domain names this chain and this contract, so what is signed for one mirror counts for no other.
abstract contract Attestations {
    struct Signature {
        uint8 v;
        bytes32 r;
        bytes32 s;
    }

    bytes32 private constant DOMAIN_TYPE = keccak256("EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)");

    bytes32 private constant BATCH_TYPE = keccak256(
        "Batch(uint256 homeChain,address rollup,uint256 number,uint256 oldRoot,uint256 newRoot,uint256 time,uint256 digest,bytes32 words)"
    );

    /// @dev Half the order of secp256k1. Of the two forms of a signature only the lower counts.
    uint256 private constant HALF_ORDER = 0x7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a0;

    /// @notice How many relayers must have signed.
    uint256 public immutable quorum;

    /// @notice The chain identifier and the contract that they speak of.
    uint256 public immutable homeChain;
    address public immutable homeRollup;

    mapping(address => bool) public isRelayer;

    error BadQuorum();
    error TooFewSignatures(uint256 expected, uint256 actual);
    error NotLowS();
    error NotRelayer(address signer);
    error SignersNotInOrder(address signer);

    constructor(uint256 chain, address rollup, address[] memory relayers, uint256 needed) {
        if (needed == 0 || needed > relayers.length) revert BadQuorum();
        homeChain = chain;
        homeRollup = rollup;
        quorum = needed;
        for (uint256 i = 0; i < relayers.length; i++) {
            // The zero address is what a signature of nobody recovers to.
            if (relayers[i] == address(0) || isRelayer[relayers[i]]) revert BadQuorum();
            isRelayer[relayers[i]] = true;
        }
    }

    /// @dev What the relayers sign: the home contract has accepted this batch.
    function _hashOf(uint256 number, uint256 oldRoot, uint256 newRoot, uint256 time, uint256 digest, bytes32 words) internal view returns (bytes32) {
        bytes32 domain = keccak256(abi.encode(DOMAIN_TYPE, keccak256("Settlement mirror"), keccak256("1"), block.chainid, address(this)));
        bytes32 batch = keccak256(abi.encode(BATCH_TYPE, homeChain, homeRollup, number, oldRoot, newRoot, time, digest, words));
        return keccak256(abi.encodePacked(hex"1901", domain, batch));
    }

    /// @dev Signatures come by ascending signers, so that none counts twice.
    function _requireQuorum(bytes32 hash, Signature[] calldata signatures) internal view {
        if (signatures.length < quorum) revert TooFewSignatures(quorum, signatures.length);
        address last;
        for (uint256 i = 0; i < signatures.length; i++) {
            Signature calldata signature = signatures[i];
            if (uint256(signature.s) > HALF_ORDER) revert NotLowS();
            address signer = ecrecover(hash, signature.v, signature.r, signature.s);
            if (!isRelayer[signer]) revert NotRelayer(signer);
            if (signer <= last) revert SignersNotInOrder(signer);
            last = signer;
        }
    }
}
