// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

import "./DataBinding.sol";
import "./Escape.sol";
import "./ShapeRegistry.sol";
import "./UpdateNotice.sol";
import "./Withdrawals.sol";

/// @title A derivatives rollup whose every batch of margin updates is proved to obey the risk rules
/// @notice Holds the state root, the queue of deposits and the withdrawals that may be claimed. Anybody may submit a batch: the proof,
/// not the sender, is what is trusted.
/// @dev How published data is bound to the proof. The batch's data is a vector D of field elements: header, deposits, forced requests,
/// payments, updates of markets, oracle tick, trades. The circuit exposes c, the Poseidon hash of its own D. The contract puts together the D it knows (header and
/// deposits from its storage, the rest from calldata, of which it knows the hashes of the requests), derives z from D, c and the roots, and evaluates D as a polynomial at z; the
/// circuit does the same. Since c fixes the circuit's D before z is known, equal values mean equal vectors but for a chance below n/2^253.
contract MarginRollup is ShapeRegistry, UpdateNotice, Escape, Withdrawals {
    /// @notice What a deployment fixes.
    /// @param root State root to start from.
    /// @param configuration Poseidon hash of the configuration (margin fractions, oracle keys, domain).
    /// @param accounts Number of leaves of the account tree.
    /// @param leastDeposit Least single deposit, in 10^-6 USD.
    /// @param requestFee What a forced request costs, in 10^-6 USD.
    /// @param window How many seconds a batch's time may lie behind the block's.
    struct Settings {
        uint256 root;
        uint256 configuration;
        uint256 accounts;
        uint256 leastDeposit;
        uint256 requestFee;
        uint256 window;
        IERC20 token;
        address governor;
        address guardian;
        IGroth16Verifier escapeVerifier;
    }

    uint256 public immutable timeWindow;

    error WrongWordCount(uint256 expected, uint256 actual);
    error TimeOutsideWindow(uint256 time);

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
    {
        if (address(settings.escapeVerifier).code.length == 0) revert NoVerifier(address(settings.escapeVerifier));
        timeWindow = settings.window;
        for (uint256 i = 0; i < registry.length; i++) _addShape(i, registry[i]);
    }

    /// @notice Accepts a batch that extends the current state.
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
        Shape memory lanes = shapes[shape];
        if (address(lanes.verifier) == address(0)) revert UnknownShape(shape);
        requireInField(newRoot);
        requireInField(digest);
        if (time > block.timestamp || time + timeWindow < block.timestamp || time < batchTime) revert TimeOutsideWindow(time);
        _checkQueues(lanes, served, words);

        uint256 oldRoot = stateRoot;
        (uint256 challenge, uint256 evaluation) = bindData(_assemble(lanes, time, served[0], words), digest, oldRoot, newRoot);
        if (!lanes.verifier.verifyProof(a, b, c, [oldRoot, newRoot, digest, challenge, evaluation])) revert InvalidProof();

        _advance(newRoot, time, served[0]);
        _serve(served[0]);
        _serveRequests(Kind.Close, served[1]);
        _serveRequests(Kind.Exit, served[2]);
        uint256 payments = REQUEST_WORDS * (lanes.closes + lanes.exits);
        uint256 updates = payments + lanes.withdrawals + lanes.exits;
        _creditWithdrawals(batchNumber, words[payments:updates]);
        _spendUpdates(words[updates:updates + UPDATE_WORDS * lanes.updates]);
    }

    /// @dev That the batch has the words that its shape asks for and serves each queue in order.
    function _checkQueues(Shape memory lanes, uint256[3] calldata served, uint256[] calldata words) private view {
        uint256 exits = REQUEST_WORDS * lanes.closes;
        uint256 payments = exits + REQUEST_WORDS * lanes.exits;
        uint256 expected = payments + lanes.withdrawals + lanes.exits + UPDATE_WORDS * lanes.updates + lanes.otherWords;
        if (words.length != expected) revert WrongWordCount(expected, words.length);
        _checkQueue(lanes.deposits, served[0]);
        _checkRequests(Kind.Close, lanes.closes, served[1], words[:exits]);
        _checkRequests(Kind.Exit, lanes.exits, served[2], words[exits:payments]);
    }

    /// @dev D, followed by three places that `bindData` fills.
    function _assemble(Shape memory lanes, uint256 time, uint256 deposits, uint256[] calldata words)
        private
        view
        returns (uint256[] memory data)
    {
        uint256 first = HEADER_WORDS + DEPOSIT_WORDS * lanes.deposits;
        data = new uint256[](first + words.length + BINDING_WORDS);
        data[0] = batchNumber + 1;
        data[1] = time;
        data[2] = configurationHash;
        _writeDeposits(data, HEADER_WORDS, deposits);
        for (uint256 i = 0; i < words.length; i++) {
            requireInField(words[i]);
            data[first + i] = words[i];
        }
    }
}
