// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

import "./DataBinding.sol";
import "./DepositQueue.sol";

/// @dev Order of Baby Jubjub's subgroup (EIP-2494): the last word of a signature is below it.
uint256 constant SUBGROUP_ORDER = 2736030358979909402780800718157159386076813972158567259200215660948447373041;

/// @title The queues of requests of whoever is not served
/// @notice A request is signed by the account's owner, so anybody may bring it, and batches must serve each queue in order. The circuit has an answer for
/// whatever is let in here: it carries the request out or shows that it cannot, so nobody can stop a queue with what he asks for. Each queue has its own
/// order, since a close needs fresh prices and an exit does not. Who serves a request earns its fee.
/// A request is over no nonce, so that nothing else its owner has signed can void it. Instead each is let in once under each signature. Whoever wants the same
/// again signs it again with other randomness, or asks for one unit more or less.
abstract contract ForcedQueue is DepositQueue {
    enum Kind {
        Close,
        Exit
    }

    /// @notice Seconds after which a waiting request must be served before, or with, anything else.
    uint256 public constant REQUEST_DEADLINE = 1 days;

    /// @notice Seconds by which the time of a batch that serves closes may lie behind the block's: about what proving it takes.
    uint256 public constant CLOSE_WINDOW = 10 minutes;

    struct PendingRequest {
        bytes32 words;
        uint64 since;
        address payer;
    }

    struct Queue {
        uint128 served;
        uint128 queued;
    }

    /// @notice What a request costs, in 10^-6 USD: what each place in a queue costs whoever would fill it.
    uint64 public immutable requestFee;

    mapping(Kind => Queue) public requests;
    mapping(Kind => mapping(uint256 => PendingRequest)) public pendingRequests;

    /// @notice Hashes of the four words of all requests that were ever let in. The signature is among the words: with a bad one a stranger could otherwise
    /// spend what the owner will ask for. Words of closes are below 2^88 and those of exits are not, so one set does for both.
    mapping(bytes32 => bool) public wasRequested;

    event Requested(Kind indexed kind, uint256 indexed position, uint256[4] words);
    event RequestsServed(Kind indexed kind, uint256 first, uint256 count);
    event FeeTakenBack(Kind indexed kind, uint256 indexed position, address indexed payer);

    error BadRequest();
    error AlreadyRequested(bytes32 words);
    error TooManyRequests(Kind kind, uint256 asked, uint256 lanes, uint256 waiting);
    error RequestOverdue(Kind kind, uint256 position);
    error ClosesNeedNewPrices(uint256 tick, uint256 since);
    error AnotherRequest(Kind kind, uint256 position);
    error UnusedLaneHasWords(Kind kind, uint256 lane);
    error NoRequestWaiting(Kind kind, uint256 position);

    constructor(uint256 fee) {
        if (fee > MAX_DEPOSIT) revert BadRequest();
        requestFee = uint64(fee);
    }

    /// @notice Asks to close at most `size` of a position against the insurance fund.
    /// @param signature R.x, R.y, S of the owner's signature over account, market and size.
    function requestClose(uint256 account, uint256 market, uint256 size, uint256[3] calldata signature) external notWhilePaying untilFrozen {
        if (account >= capacity || market == 0 || market >= 1 << 8 || size == 0 || size >= 1 << 56) revert BadRequest();
        _request(Kind.Close, account | (market << 24) | (size << 32), signature);
    }

    /// @notice Asks for at most `amount`, in 10^-6 USD, to be paid out of an account.
    /// @param signature R.x, R.y, S of the owner's signature over account, amount and recipient.
    function requestExit(uint256 account, address recipient, uint256 amount, uint256[3] calldata signature) external notWhilePaying untilFrozen {
        if (account >= capacity || amount == 0 || amount >= 1 << 60) revert BadRequest();
        _request(Kind.Exit, uint160(recipient) | (amount << 160) | (account << 224), signature);
    }

    /// @notice Credits the fee of a request that was never served to who paid it, once.
    function takeBackFee(Kind kind, uint256 position) external onceFrozen {
        PendingRequest memory entry = pendingRequests[kind][position];
        if (entry.payer == address(0)) revert NoRequestWaiting(kind, position);
        delete pendingRequests[kind][position];
        totalWaiting -= requestFee;
        _credit(entry.payer, requestFee);
        emit FeeTakenBack(kind, position, entry.payer);
    }

    /// @dev The words of `lanes` lanes: those of the oldest requests, as they were asked, then zeros. A batch that brings no prices need not serve
    /// closes, so that whoever withholds prices stops nothing else.
    function _checkRequests(Kind kind, uint256 lanes, uint256 served, bool mustServe, uint256[] calldata words) internal view {
        Queue memory queue = requests[kind];
        uint256 waiting = queue.queued - queue.served;
        if (served > lanes || served > waiting) revert TooManyRequests(kind, served, lanes, waiting);
        if (mustServe && served < waiting && (served < lanes || served == 0)) {
            uint256 next = queue.served + served;
            if (pendingRequests[kind][next].since + REQUEST_DEADLINE < block.timestamp) revert RequestOverdue(kind, next);
        }
        for (uint256 i = 0; i < served; i++) {
            bytes32 given = keccak256(abi.encodePacked(words[i * REQUEST_WORDS:(i + 1) * REQUEST_WORDS]));
            if (given != pendingRequests[kind][queue.served + i].words) revert AnotherRequest(kind, queue.served + i);
        }
        for (uint256 i = served * REQUEST_WORDS; i < lanes * REQUEST_WORDS; i++) {
            if (words[i] != 0) revert UnusedLaneHasWords(kind, i / REQUEST_WORDS);
        }
    }

    /// @dev A close is at the first prices that are signed after it was asked for. At prices that are known already it would be an option on the
    /// insurance fund, and so it would be if one could choose among the ticks of an hour.
    function _checkPricesOfCloses(uint256 served, uint256 tick, uint256 time) internal view {
        if (served == 0) return;
        uint256 since = pendingRequests[Kind.Close][requests[Kind.Close].served + served - 1].since;
        if (tick <= since || time + CLOSE_WINDOW < block.timestamp) revert ClosesNeedNewPrices(tick, since);
    }

    function _serveRequests(Kind kind, uint256 served) internal {
        if (served == 0) return;
        uint256 first = requests[kind].served;
        for (uint256 i = first; i < first + served; i++) delete pendingRequests[kind][i];
        requests[kind].served = uint128(first + served);
        if (requestFee != 0) {
            totalWaiting -= uint64(requestFee * served);
            _credit(msg.sender, uint96(requestFee * served));
        }
        emit RequestsServed(kind, first, served);
    }

    function _isOverdue() internal view virtual override returns (bool) {
        return super._isOverdue() || _isOverdue(Kind.Close) || _isOverdue(Kind.Exit);
    }

    function _isOverdue(Kind kind) private view returns (bool) {
        Queue memory queue = requests[kind];
        return queue.served != queue.queued && block.timestamp > pendingRequests[kind][queue.served].since + FREEZE_DEADLINE;
    }

    /// @dev The same signature has one spelling only, since all three of its words must be canonical.
    function _request(Kind kind, uint256 word, uint256[3] calldata signature) private {
        requireInField(signature[0]);
        requireInField(signature[1]);
        if (signature[2] >= SUBGROUP_ORDER) revert BadRequest();
        uint256[4] memory words = [word, signature[0], signature[1], signature[2]];
        bytes32 hash = keccak256(abi.encodePacked(words));
        if (wasRequested[hash]) revert AlreadyRequested(hash);
        wasRequested[hash] = true;
        uint256 position = requests[kind].queued++;
        pendingRequests[kind][position] = PendingRequest(hash, uint64(block.timestamp), msg.sender);
        emit Requested(kind, position, words);
        if (requestFee != 0) {
            totalWaiting += requestFee;
            _collect(token, msg.sender, requestFee);
        }
    }
}
