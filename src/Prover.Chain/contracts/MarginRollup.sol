// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

import "./OptimisticBatches.sol";

/// @title A derivatives rollup whose every batch of margin updates is proved to obey the risk rules
/// @notice Holds the state root, the queue of deposits and the withdrawals that may be claimed. Anybody may submit a batch: the proof,
/// not the sender, is what is trusted.
contract MarginRollup is OptimisticBatches {
    /// @notice What a deployment fixes.
    /// @param root State root to start from.
    /// @param configuration Poseidon hash of the configuration (margin fractions, oracle keys, domain).
    /// @param accounts Number of leaves of the account tree.
    /// @param leastDeposit Least single deposit, in 10^-6 USD.
    /// @param requestFee What a forced request costs, in 10^-6 USD.
    /// @param window How many seconds a batch's time may lie behind the block's.
    /// @param bond What proposing a batch without a proof takes, and challenging one, in wei; 0 if no batches may be proposed.
    struct Settings {
        uint256 root;
        uint256 configuration;
        uint256 accounts;
        uint256 leastDeposit;
        uint256 requestFee;
        uint256 window;
        uint256 bond;
        IERC20 token;
        address governor;
        address guardian;
        IGroth16Verifier escapeVerifier;
    }

    error BatchesPending();

    /// @param registry One entry for each batch shape; the index is the shape's number.
    /// @param settlers Who settles for chain 1, 2 and so on.
    constructor(Settings memory settings, Shape[] memory registry, address[] memory settlers)
        Roles(settings.governor, settings.guardian)
        Payments(settings.token)
        DepositQueue(settings.accounts, settings.leastDeposit)
        ForcedQueue(settings.requestFee)
        RollupState(settings.root, settings.configuration)
        Escape(settings.escapeVerifier)
        Withdrawals(settlers)
        BatchStatement(settings.window)
        OptimisticBatches(settings.bond)
    {
        if (address(settings.escapeVerifier).code.length == 0) revert NoVerifier(address(settings.escapeVerifier));
        for (uint256 i = 0; i < registry.length; i++) _addShape(i, registry[i]);
    }

    /// @notice Accepts a batch that extends the current state. While proposals wait, bring their proofs instead.
    /// @param shape Number of the batch's shape.
    /// @param time The batch's time, within the window before now and not before the previous batch's.
    /// @param newRoot State root after the batch.
    /// @param digest c, the circuit's hash of the data words.
    /// @param served How many waiting deposits, closes and exits the batch serves, the oldest first.
    /// @param words The data words of requests, payments, updates of markets, oracle tick and trades.
    function submitBatch(
        uint256 shape,
        uint256 time,
        uint256 newRoot,
        uint256 digest,
        uint256[3] calldata served,
        uint256[] calldata words,
        uint256[2] calldata a,
        uint256[2][2] calldata b,
        uint256[2] calldata c
    ) external untilFrozen {
        _requireRunning();
        if (pendingBatches != 0) revert BatchesPending();
        Shape memory lanes = _shape(shape);
        uint256[5] memory inputs = _inputsOf(_finalTip(), lanes, time, newRoot, digest, served, words);
        if (!lanes.verifier.verifyProof(a, b, c, inputs)) revert InvalidProof();

        _advance(newRoot, time, served[0]);
        _serve(served[0]);
        _serveRequests(Kind.Close, served[1]);
        _serveRequests(Kind.Exit, served[2]);
        _creditWithdrawals(batchNumber, _paymentsIn(lanes, words));
        _spendUpdates(_updatesIn(lanes, words));
    }
}
