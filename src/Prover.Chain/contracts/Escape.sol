// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

import "./ForcedQueue.sol";
import "./RollupState.sol";

/// @title How everybody gets out of a frozen rollup
/// @notice Each account is paid what it is worth at the last proved prices, with a proof and once. Accounts under water are paid nothing, and
/// what they owe is missing: so the worths that are proved within the window share what there is, in proportion if it is too little.
/// Whoever comes later is paid from what that leaves, in order of coming. The insurance fund stands in for all others, so it comes last.
abstract contract Escape is ForcedQueue, RollupState {
    /// @notice Seconds after the freeze in which an escape has its full share.
    uint256 public constant ESCAPE_WINDOW = 30 days;

    /// @notice Seconds after the freeze before which the insurance fund does not escape: whoever is late by less than a window comes before it.
    uint256 public constant FUND_DELAY = 2 * ESCAPE_WINDOW;

    /// @notice The account that is the insurance fund.
    uint256 public constant INSURANCE_FUND = 0;

    struct Share {
        address recipient;
        uint96 amount;
    }

    IGroth16Verifier public immutable escapeVerifier;

    mapping(uint256 => bool) public hasEscaped;

    /// @notice What was proved within the window and is not paid yet, by account.
    mapping(uint256 => Share) public shares;
    uint256 public totalShares;

    bool public isSettled;

    /// @notice What all shares have together, and what later escapes have; meaningful once settled.
    uint256 public pool;
    uint256 public left;

    event Escaped(uint256 indexed account, address indexed recipient, uint256 amount);
    event Settled(uint256 pool, uint256 totalShares);
    event SharePaid(uint256 indexed account, address indexed recipient, uint256 amount);

    error AlreadyEscaped(uint256 account);
    error NothingToEscape(uint256 account);
    error NoShare(uint256 account);
    error EscapeWindowOpen(uint256 until);
    error FundComesLast(uint256 until);

    constructor(IGroth16Verifier verifier) {
        escapeVerifier = verifier;
    }

    /// @notice Lets an account go with what it is worth.
    /// @param recipient Whom its owner has named; the proof is for this address.
    /// @param amount What it is worth, in 10^-6 USD; the proof is for this amount.
    function escape(
        uint256 account,
        address recipient,
        uint96 amount,
        uint256[2] calldata a,
        uint256[2][2] calldata b,
        uint256[2] calldata c
    ) external notWhilePaying onceFrozen {
        if (hasEscaped[account]) revert AlreadyEscaped(account);
        if (amount == 0) revert NothingToEscape(account);
        if (account == INSURANCE_FUND && block.timestamp <= frozenAt + FUND_DELAY) revert FundComesLast(frozenAt + FUND_DELAY);
        // The verifier takes numbers below FIELD only, so no account has a second number.
        uint256[5] memory inputs = [stateRoot, configurationHash, account, uint256(uint160(recipient)), amount];
        if (!escapeVerifier.verifyProof(a, b, c, inputs)) revert InvalidProof();
        hasEscaped[account] = true;
        emit Escaped(account, recipient, amount);
        if (block.timestamp <= frozenAt + ESCAPE_WINDOW) {
            shares[account] = Share(recipient, amount);
            totalShares += amount;
        } else {
            _settle();
            uint96 paid = amount < left ? amount : uint96(left);
            left -= paid;
            _pay(account, recipient, paid);
        }
    }

    /// @notice Credits an account's share once the window has passed. Anybody may see to it.
    function payShare(uint256 account) external notWhilePaying onceFrozen {
        if (block.timestamp <= frozenAt + ESCAPE_WINDOW) revert EscapeWindowOpen(frozenAt + ESCAPE_WINDOW);
        _settle();
        Share memory share = shares[account];
        if (share.amount == 0) revert NoShare(account);
        delete shares[account];
        // Rounded down, so that all shares together are no more than the pool. The product is below 2^96·2^128.
        _pay(account, share.recipient, totalShares <= pool ? share.amount : uint96(share.amount * pool / totalShares));
    }

    /// @dev Fixes what there is: all but what was credited before, and deposits and fees that nobody has earned.
    function _settle() private {
        if (isSettled) return;
        isSettled = true;
        uint256 held = token.balanceOf(address(this));
        uint256 owed = totalClaimable + totalWaiting;
        pool = held > owed ? held - owed : 0;
        left = pool > totalShares ? pool - totalShares : 0;
        emit Settled(pool, totalShares);
    }

    function _pay(uint256 account, address recipient, uint96 amount) private {
        _credit(recipient, amount);
        emit SharePaid(account, recipient, amount);
    }
}
