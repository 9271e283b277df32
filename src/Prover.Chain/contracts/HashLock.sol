// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import "./TokenTransfer.sol";

/// @title Money that goes to whoever was meant if a secret is shown in time, and back if not
/// @notice One half of an atomic swap; the other half is a lock with the same hash somewhere else. The one that whoever knows the secret may claim
/// has the earlier deadline. Belongs to nobody, and holds any token.
/// @dev A lock is of one token and pays in that token no more than what arrived, so a token that cheats harms its own holders only.
contract HashLock is TokenTransfer {
    struct Lock {
        IERC20 token;
        uint64 deadline;
        address payer;
        address recipient;
        uint256 amount;
        bytes32 hash;
    }

    /// @notice What is locked; zeros once it was claimed or refunded.
    mapping(uint256 => Lock) public locks;

    uint256 public lockCount;

    event Locked(
        uint256 indexed id, IERC20 token, uint256 amount, address indexed payer, address indexed recipient, bytes32 hash, uint64 deadline
    );
    event Claimed(uint256 indexed id, bytes32 preimage);
    event Refunded(uint256 indexed id);

    error BadLock();
    error NoLock(uint256 id);
    error WrongPreimage(uint256 id);
    error TooLate(uint256 id, uint256 deadline);
    error TooEarly(uint256 id, uint256 deadline);

    /// @notice Locks the caller's money.
    /// @param hash SHA-256 of a secret of 32 bytes; the hash of a secret of another length can only be refunded.
    /// @param deadline Last second, since 1970, in which it may be claimed.
    function lock(IERC20 token, uint256 amount, address recipient, bytes32 hash, uint64 deadline) external notWhilePaying returns (uint256 id) {
        if (amount == 0 || recipient == address(0) || deadline <= block.timestamp) revert BadLock();
        id = lockCount++;
        locks[id] = Lock(token, deadline, msg.sender, recipient, amount, hash);
        emit Locked(id, token, amount, msg.sender, recipient, hash, deadline);
        _collect(token, msg.sender, amount);
    }

    /// @notice Pays the recipient, whoever shows the secret, until the deadline.
    function claim(uint256 id, bytes32 preimage) external notWhilePaying {
        Lock memory entry = _take(id);
        if (block.timestamp > entry.deadline) revert TooLate(id, entry.deadline);
        if (sha256(abi.encodePacked(preimage)) != entry.hash) revert WrongPreimage(id);
        emit Claimed(id, preimage);
        _send(entry.token, entry.recipient, entry.amount);
    }

    /// @notice Pays who locked it, whoever asks, once the deadline is over.
    function refund(uint256 id) external notWhilePaying {
        Lock memory entry = _take(id);
        if (block.timestamp <= entry.deadline) revert TooEarly(id, entry.deadline);
        emit Refunded(id);
        _send(entry.token, entry.payer, entry.amount);
    }

    function _take(uint256 id) private returns (Lock memory entry) {
        entry = locks[id];
        if (entry.amount == 0) revert NoLock(id);
        delete locks[id];
    }
}
