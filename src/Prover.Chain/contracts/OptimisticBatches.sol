// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

import "./BatchStatement.sol";

/// @title Batches that are proved only if somebody doubts them
/// @notice A batch may be proposed with a bond and no proof, and the next one upon it. It is final a day later unless somebody challenges it, with a
/// bond too: then it is final once its proof is brought, and if none comes within a day, it is dropped with all that were proposed upon it. A
/// dropped batch leaves no trace: deposits are served, and money is credited, by final batches only.
/// @dev Bonds are of the chain's own coin, so they never mix with the money of the rollup.
abstract contract OptimisticBatches is BatchStatement {
    /// @notice Seconds after a proposal in which it may be challenged.
    uint256 public constant CHALLENGE_WINDOW = 1 days;

    /// @notice Seconds after a challenge in which the proof must come.
    uint256 public constant ANSWER_TIME = 1 days;

    /// @notice The most batches that wait at once: a drop goes through them all.
    uint256 public constant MAX_PENDING = 16;

    struct Proposal {
        address proposer;
        uint64 since;
        bool isProved;
        address challenger;
        uint64 challengedAt;
        IGroth16Verifier verifier;
        uint64 time;
        uint256 depositsServed;
        uint256 newRoot;
        bytes32 inputs;
        bytes32 payments;
    }

    /// @notice What a proposal and a challenge take, in wei; 0 if no batches may be proposed.
    uint256 public immutable bond;

    /// @notice How many proposals wait. They are numbered from the last final batch on.
    uint256 public pendingBatches;
    mapping(uint256 => Proposal) public proposals;

    /// @notice What has come free of bonds, by whose it is.
    mapping(address => uint256) public freeBonds;

    event BatchProposed(uint256 indexed number, address indexed proposer, uint256 newRoot, uint256[5] inputs);
    event BatchChallenged(uint256 indexed number, address indexed challenger);
    event BatchProved(uint256 indexed number);
    event BatchesDropped(uint256 indexed first, uint256 count);

    error NoProposals();
    error WrongBond(uint256 expected, uint256 actual);
    error TooManyPending();
    error NeedsProof();
    error NotPending(uint256 number);
    error AlreadyChallenged(uint256 number);
    error AlreadyProved(uint256 number);
    error ChallengeTooLate(uint256 number, uint256 until);
    error AnswerTooLate(uint256 number, uint256 until);
    error OtherInputs(uint256 number);
    error OtherPayments(uint256 number);
    error NotFinal(uint256 number);
    error NotUnanswered(uint256 number);
    error TooEarlyToRelease(uint256 until);
    error NoFreeBond();
    error BondTransferFailed();

    constructor(uint256 amount) {
        bond = amount;
    }

    modifier withBond() {
        if (bond == 0) revert NoProposals();
        if (msg.value != bond) revert WrongBond(bond, msg.value);
        _;
    }

    /// @notice Proposes a batch upon the last one that waits. Its words are as for `submitBatch`; it serves no requests and updates no market.
    function proposeBatch(uint256 shape, uint256 time, uint256 newRoot, uint256 digest, uint256 deposits, uint256[] calldata words)
        external
        payable
        withBond
        only(Role.Proposer)
        untilFrozen
    {
        _requireRunning();
        if (pendingBatches == MAX_PENDING) revert TooManyPending();
        Shape memory lanes = _shape(shape);
        Tip memory tip = _tip();
        uint256[5] memory inputs = _inputsOf(tip, lanes, time, newRoot, digest, [deposits, 0, 0], words);

        // Nothing that may be refused later may be in it, since finality must not fail.
        uint256[] calldata updates = _updatesIn(lanes, words);
        for (uint256 i = 0; i < updates.length; i++) if (updates[i] != 0) revert NeedsProof();
        uint256[] calldata payments = _paymentsIn(lanes, words);
        _requirePayable(payments);

        pendingBatches++;
        Proposal storage entry = proposals[tip.number + 1];
        (entry.proposer, entry.since, entry.verifier, entry.time) = (msg.sender, uint64(block.timestamp), lanes.verifier, uint64(time));
        (entry.depositsServed, entry.newRoot) = (tip.depositsServed + deposits, newRoot);
        (entry.inputs, entry.payments) = (keccak256(abi.encode(inputs)), keccak256(abi.encodePacked(payments)));
        emit BatchProposed(tip.number + 1, msg.sender, newRoot, inputs);
    }

    /// @notice Demands the proof of a batch that waits.
    function challenge(uint256 number) external payable withBond untilFrozen {
        Proposal storage entry = _pending(number);
        if (entry.isProved) revert AlreadyProved(number);
        if (entry.challenger != address(0)) revert AlreadyChallenged(number);
        if (block.timestamp > entry.since + CHALLENGE_WINDOW) revert ChallengeTooLate(number, entry.since + CHALLENGE_WINDOW);
        (entry.challenger, entry.challengedAt) = (msg.sender, uint64(block.timestamp));
        emit BatchChallenged(number, msg.sender);
    }

    /// @notice Brings the proof of a batch that waits, challenged or not. The challenger's bond becomes the proposer's.
    /// @param inputs The proof's public inputs, which the proposal's event names.
    function prove(uint256 number, uint256[5] calldata inputs, uint256[2] calldata a, uint256[2][2] calldata b, uint256[2] calldata c) external {
        Proposal storage entry = _pending(number);
        if (entry.isProved) revert AlreadyProved(number);
        if (_isUnanswered(entry)) revert AnswerTooLate(number, entry.challengedAt + ANSWER_TIME);
        if (keccak256(abi.encode(inputs)) != entry.inputs) revert OtherInputs(number);
        if (!entry.verifier.verifyProof(a, b, c, inputs)) revert InvalidProof();
        entry.isProved = true;
        if (entry.challenger != address(0)) freeBonds[entry.proposer] += bond;
        emit BatchProved(number);
    }

    /// @notice Makes the oldest batch that waits final.
    /// @param payments The words of what it pays.
    function finalize(uint256[] calldata payments) external untilFrozen {
        _requireRunning();
        uint256 number = batchNumber + 1;
        Proposal memory entry = _pending(number);
        bool isUndoubted = entry.challenger == address(0) && block.timestamp > entry.since + CHALLENGE_WINDOW;
        if (!entry.isProved && !isUndoubted) revert NotFinal(number);
        if (keccak256(abi.encodePacked(payments)) != entry.payments) revert OtherPayments(number);
        delete proposals[number];
        pendingBatches--;
        freeBonds[entry.proposer] += bond;

        uint256 deposits = entry.depositsServed - depositsServed;
        _advance(entry.newRoot, entry.time, deposits);
        _serve(deposits);
        _creditWithdrawals(number, payments);
    }

    /// @notice Drops a batch whose proof did not come, with all upon it.
    function drop(uint256 number) external {
        if (!_isUnanswered(_pending(number))) revert NotUnanswered(number);
        _dropFrom(number);
    }

    /// @notice Gives the bonds of a frozen rollup's proposals back, once every challenge has had its time.
    function releaseBonds() external onceFrozen {
        if (block.timestamp <= frozenAt + ANSWER_TIME) revert TooEarlyToRelease(frozenAt + ANSWER_TIME);
        _dropFrom(batchNumber + 1);
    }

    /// @notice Pays the caller what has come free.
    function withdrawBonds() external {
        uint256 amount = freeBonds[msg.sender];
        if (amount == 0) revert NoFreeBond();
        freeBonds[msg.sender] = 0;
        (bool done,) = msg.sender.call{value: amount}("");
        if (!done) revert BondTransferFailed();
    }

    function _dropFrom(uint256 first) private {
        uint256 end = batchNumber + 1 + pendingBatches;
        for (uint256 i = first; i < end; i++) {
            Proposal storage entry = proposals[i];
            if (_isUnanswered(entry)) {
                // The other half belongs to nobody: whoever challenges himself pays for the time he has held up.
                freeBonds[entry.challenger] += bond + bond / 2;
            } else {
                freeBonds[entry.proposer] += bond;
                if (entry.challenger != address(0) && !entry.isProved) freeBonds[entry.challenger] += bond;
            }
            delete proposals[i];
        }
        pendingBatches = first - batchNumber - 1;
        emit BatchesDropped(first, end - first);
    }

    /// @dev What the next proposal extends.
    function _tip() private view returns (Tip memory) {
        if (pendingBatches == 0) return _finalTip();
        uint256 number = batchNumber + pendingBatches;
        Proposal storage last = proposals[number];
        return Tip(last.newRoot, number, last.time, last.depositsServed);
    }

    function _pending(uint256 number) private view returns (Proposal storage) {
        if (number <= batchNumber || number > batchNumber + pendingBatches) revert NotPending(number);
        return proposals[number];
    }

    function _isUnanswered(Proposal storage entry) private view returns (bool) {
        return entry.challenger != address(0) && !entry.isProved && block.timestamp > entry.challengedAt + ANSWER_TIME;
    }
}
