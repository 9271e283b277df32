// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

import "./DataBinding.sol";
import "./Escape.sol";
import "./ShapeRegistry.sol";
import "./UpdateNotice.sol";
import "./Withdrawals.sol";

/// @title What a batch's proof must show
/// @dev How published data is bound to the proof. The batch's data is a vector D of field elements: header, deposits, forced requests,
/// payments, updates of markets, oracle tick, trades. The circuit exposes c, the Poseidon hash of its own D. The contract puts together the D it
/// knows (header and deposits from its storage, the rest from calldata, of which it knows the hashes of the requests), derives z from D, c and
/// the roots, and evaluates D as a polynomial at z; the circuit does the same. Since c fixes the circuit's D before z is known, equal values mean
/// equal vectors but for a chance below n/2^253.
abstract contract BatchStatement is ShapeRegistry, UpdateNotice, Escape, Withdrawals {
    /// @dev What a batch extends: the last state, and how many deposits have been served with it.
    struct Tip {
        uint256 root;
        uint256 number;
        uint256 time;
        uint256 depositsServed;
    }

    uint256 public immutable timeWindow;

    error WrongWordCount(uint256 expected, uint256 actual);
    error TimeOutsideWindow(uint256 time);

    constructor(uint256 window) {
        timeWindow = window;
    }

    /// @dev What a batch extends that is final at once.
    function _finalTip() internal view returns (Tip memory) {
        return Tip(stateRoot, batchNumber, batchTime, depositsServed);
    }

    /// @dev The proof's public inputs, once everything that the proof does not show has been checked.
    function _inputsOf(
        Tip memory tip,
        Shape memory lanes,
        uint256 time,
        uint256 newRoot,
        uint256 digest,
        uint256[3] memory served,
        uint256[] calldata words
    ) internal view returns (uint256[5] memory) {
        requireInField(newRoot);
        requireInField(digest);
        if (time > block.timestamp || time + timeWindow < block.timestamp || time < tip.time) revert TimeOutsideWindow(time);
        _checkQueues(tip, lanes, time, served, words);
        (uint256 challenge, uint256 evaluation) = bindData(_assemble(tip, lanes, time, served[0], words), digest, tip.root, newRoot);
        return [tip.root, newRoot, digest, challenge, evaluation];
    }

    /// @dev The words of what is paid, and those of updates of markets.
    function _paymentsIn(Shape memory lanes, uint256[] calldata words) internal pure returns (uint256[] calldata) {
        uint256 first = REQUEST_WORDS * (lanes.closes + lanes.exits);
        return words[first:first + lanes.withdrawals + lanes.exits];
    }

    function _updatesIn(Shape memory lanes, uint256[] calldata words) internal pure returns (uint256[] calldata) {
        uint256 first = REQUEST_WORDS * (lanes.closes + lanes.exits) + lanes.withdrawals + lanes.exits;
        return words[first:first + UPDATE_WORDS * lanes.updates];
    }

    /// @dev That the batch has the words that its shape asks for and serves each queue in order.
    function _checkQueues(Tip memory tip, Shape memory lanes, uint256 time, uint256[3] memory served, uint256[] calldata words) private view {
        uint256 exits = REQUEST_WORDS * lanes.closes;
        uint256 payments = exits + REQUEST_WORDS * lanes.exits;
        uint256 others = payments + lanes.withdrawals + lanes.exits + UPDATE_WORDS * lanes.updates;
        if (words.length != others + lanes.otherWords) revert WrongWordCount(others + lanes.otherWords, words.length);
        _checkQueue(tip.depositsServed, lanes.deposits, served[0]);
        uint256 tick = lanes.otherWords == 0 ? 0 : words[others];
        _checkRequests(Kind.Close, lanes.closes, served[1], tick != 0, words[:exits]);
        _checkRequests(Kind.Exit, lanes.exits, served[2], true, words[exits:payments]);
        _checkPricesOfCloses(served[1], tick, time);
    }

    /// @dev D, followed by three places that `bindData` fills.
    function _assemble(Tip memory tip, Shape memory lanes, uint256 time, uint256 deposits, uint256[] calldata words)
        private
        view
        returns (uint256[] memory data)
    {
        uint256 first = HEADER_WORDS + DEPOSIT_WORDS * lanes.deposits;
        data = new uint256[](first + words.length + BINDING_WORDS);
        data[0] = tip.number + 1;
        data[1] = time;
        data[2] = configurationHash;
        _writeDeposits(data, HEADER_WORDS, tip.depositsServed, deposits);
        for (uint256 i = 0; i < words.length; i++) {
            requireInField(words[i]);
            data[first + i] = words[i];
        }
    }
}
