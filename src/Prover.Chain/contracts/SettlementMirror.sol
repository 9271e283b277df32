// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

import "./Attestations.sol";
import "./DataBinding.sol";
import "./RollupState.sol";
import "./ShapeRegistry.sol";
import "./TokenTransfer.sol";
import "./WithdrawalWords.sol";

/// @title Pays on one chain what a rollup on another has let be withdrawn to it
/// @notice Follows the rollup batch by batch. Each is proved here once more, and a quorum of relayers attests that the rollup's contract has accepted
/// it: the proof says that a batch obeys the rules, the quorum that it is the one of the home chain, deposits included.
/// @dev Money is what anybody has brought. A withdrawal that finds too little waits, and is paid once there is enough.
contract SettlementMirror is ShapeRegistry, RollupState, Attestations, TokenTransfer {
    /// @notice What a deployment fixes.
    /// @param root State root to start from.
    /// @param number Number of the batch that led to it.
    /// @param configuration Poseidon hash of the rollup's configuration.
    /// @param chain This chain's number in withdrawals.
    struct Settings {
        uint256 root;
        uint256 number;
        uint256 configuration;
        uint256 chain;
        IERC20 token;
        address governor;
        address guardian;
        uint256 homeChain;
        address homeRollup;
        uint256 quorum;
    }

    IERC20 public immutable token;
    uint256 public immutable chainNumber;

    /// @notice Root over the withdrawal words of each batch.
    mapping(uint256 => bytes32) public withdrawalsRoot;

    /// @notice What was paid, by batch and place.
    mapping(uint256 => mapping(uint256 => bool)) public isPaid;

    event Followed(uint256 indexed number, uint256 oldRoot, uint256 newRoot, uint256 time);
    event LiquidityAdded(address indexed from, uint256 amount);
    event WithdrawalPaid(uint256 indexed batch, uint256 indexed place, address indexed recipient, uint256 amount);

    error BadChain(uint256 chain);
    error WrongWordCount(uint256 expected, uint256 actual);
    error NotForThisChain(uint256 chain);
    error NoSuchWithdrawal(uint256 batch, uint256 place);
    error AlreadyPaid(uint256 batch, uint256 place);

    constructor(Settings memory settings, Shape[] memory registry, address[] memory relayers)
        Roles(settings.governor, settings.guardian)
        RollupState(settings.root, settings.configuration)
        Attestations(settings.homeChain, settings.homeRollup, relayers, settings.quorum)
    {
        if (settings.chain == 0 || settings.chain > 15) revert BadChain(settings.chain);
        (chainNumber, token, batchNumber) = (settings.chain, settings.token, settings.number);
        for (uint256 i = 0; i < registry.length; i++) _addShape(i, registry[i]);
    }

    /// @notice Takes over the batch that follows the last one.
    /// @param words All data words behind the header, those of deposits and requests included.
    /// @param signatures Of the quorum, by ascending signers.
    function follow(
        uint256 shape,
        uint256 time,
        uint256 newRoot,
        uint256 digest,
        uint256[] calldata words,
        uint256[2] calldata a,
        uint256[2][2] calldata b,
        uint256[2] calldata c,
        Signature[] calldata signatures
    ) external {
        _requireRunning();
        Shape memory lanes = shapes[shape];
        if (address(lanes.verifier) == address(0)) revert UnknownShape(shape);
        uint256 number = batchNumber + 1;
        uint256 oldRoot = stateRoot;
        _requireQuorum(_hashOf(number, oldRoot, newRoot, time, digest, keccak256(abi.encodePacked(words))), signatures);

        // The verifier takes numbers below FIELD only; words that are equal modulo FIELD would have the same proof.
        (uint256 challenge, uint256 evaluation) = bindData(_assemble(lanes, number, time, words), digest, oldRoot, newRoot);
        if (!lanes.verifier.verifyProof(a, b, c, [oldRoot, newRoot, digest, challenge, evaluation])) revert InvalidProof();

        (stateRoot, batchNumber, batchTime) = (newRoot, number, time);
        uint256 first = _firstPayment(lanes);
        withdrawalsRoot[number] = withdrawalsRootOf(words[first:first + lanes.withdrawals + lanes.exits]);
        emit Followed(number, oldRoot, newRoot, time);
    }

    /// @notice Adds money to what withdrawals are paid from. Whoever brings it is paid back by who settles for this chain, not here.
    function addLiquidity(uint256 amount) external notWhilePaying {
        emit LiquidityAdded(msg.sender, amount);
        _collect(token, msg.sender, amount);
    }

    /// @notice Pays a withdrawal to its recipient, once, whoever asks.
    /// @param place The withdrawal's lane.
    /// @param path The siblings between its leaf and the root of the batch's withdrawals, from below.
    function pay(uint256 batch, uint256 place, uint256 word, bytes32[] calldata path) external notWhilePaying {
        bytes32 root = withdrawalsRoot[batch];
        if (root == 0 || !isWithdrawal(root, place, word, path)) revert NoSuchWithdrawal(batch, place);
        if (chainOf(word) != chainNumber) revert NotForThisChain(chainOf(word));
        if (isPaid[batch][place]) revert AlreadyPaid(batch, place);
        isPaid[batch][place] = true;
        emit WithdrawalPaid(batch, place, recipientOf(word), amountOf(word));
        _send(token, recipientOf(word), amountOf(word));
    }

    /// @dev The place of the first payment behind the words of deposits and requests.
    function _firstPayment(Shape memory lanes) private pure returns (uint256) {
        return DEPOSIT_WORDS * lanes.deposits + REQUEST_WORDS * (lanes.closes + lanes.exits);
    }

    /// @dev D, followed by three places that `bindData` fills.
    function _assemble(Shape memory lanes, uint256 number, uint256 time, uint256[] calldata words) private view returns (uint256[] memory data) {
        uint256 expected = _firstPayment(lanes) + lanes.withdrawals + lanes.exits + UPDATE_WORDS * lanes.updates + lanes.otherWords;
        if (words.length != expected) revert WrongWordCount(expected, words.length);
        data = new uint256[](HEADER_WORDS + expected + BINDING_WORDS);
        (data[0], data[1], data[2]) = (number, time, configurationHash);
        for (uint256 i = 0; i < expected; i++) {
            requireInField(words[i]);
            data[HEADER_WORDS + i] = words[i];
        }
    }
}
