// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

import "./Freeze.sol";
import "./Groth16.sol";
import "./Payments.sol";

/// @title The queue of deposits, which batches serve in order
/// @notice Whoever lets one wait for too long loses the rollup: anybody may freeze it, and what was never served goes back to who paid.
abstract contract DepositQueue is Freeze, Payments {
    /// @notice Greatest single deposit, in 10^-6 USD; the circuit's range.
    uint256 public constant MAX_DEPOSIT = 1 << 60;

    /// @notice Greatest sum of all deposits ever. Trades leave an account within ±2^61, so with it no deposit can overflow one.
    uint256 public constant MAX_TOTAL_DEPOSITS = 1 << 61;

    /// @notice Seconds after which a waiting deposit must be served before, or with, anything else.
    uint256 public constant DEPOSIT_DEADLINE = 1 days;

    /// @notice Seconds after which a waiting deposit or request lets anybody freeze the rollup. No pause stops this clock.
    uint256 public constant FREEZE_DEADLINE = 7 days;

    struct PendingDeposit {
        uint256 amountAndAccount;
        uint256 keyX;
        uint256 keyY;
        uint64 since;
        address payer;
    }

    uint256 public immutable capacity;

    /// @notice Least single deposit, in 10^-6 USD: what each place in the queue ties up until it is served.
    uint256 public immutable leastDeposit;

    uint64 public totalDeposited;

    /// @notice The sum of the deposits, and of the fees of requests, that no batch has served.
    uint64 public totalWaiting;

    uint256 public depositsServed;
    uint256 public depositsQueued;

    mapping(uint256 => PendingDeposit) public pendingDeposits;

    /// @notice Hash of the key that the first deposit named, by account.
    mapping(uint256 => bytes32) public openedWith;

    event Deposited(uint256 indexed position, uint256 indexed account, uint256 amount, uint256 keyX, uint256 keyY);
    event TakenBack(uint256 indexed position, address indexed payer, uint256 amount);

    error BadDeposit();
    error BadLeastDeposit(uint256 amount);
    error DepositTooSmall(uint256 amount, uint256 least);
    error AnotherKey(uint256 account);
    error TotalDepositsExceeded();
    error TooManyDeposits(uint256 asked, uint256 lanes, uint256 waiting);
    error DepositOverdue(uint256 position);
    error NothingToTakeBack(uint256 position);

    constructor(uint256 accounts, uint256 least) {
        if (least == 0 || least > MAX_DEPOSIT) revert BadLeastDeposit(least);
        capacity = accounts;
        leastDeposit = least;
    }

    /// @notice Puts money into an account of the rollup. The first deposit into an empty account makes (keyX, keyY) its owner; later ones
    /// must name the same key, so that nobody who opens an account first can take what was meant for somebody else.
    function deposit(uint256 account, uint256 keyX, uint256 keyY, uint256 amount) external notWhilePaying untilFrozen {
        if (account >= capacity || amount > MAX_DEPOSIT || (keyX == 0 && keyY == 0)) revert BadDeposit();
        if (amount < leastDeposit) revert DepositTooSmall(amount, leastDeposit);
        requireInField(keyX);
        requireInField(keyY);
        bytes32 key = keccak256(abi.encode(keyX, keyY));
        if (openedWith[account] == 0) openedWith[account] = key;
        else if (openedWith[account] != key) revert AnotherKey(account);
        totalDeposited += uint64(amount);
        totalWaiting += uint64(amount);
        if (totalDeposited > MAX_TOTAL_DEPOSITS) revert TotalDepositsExceeded();

        uint256 position = depositsQueued++;
        pendingDeposits[position] = PendingDeposit(amount | (account << 64), keyX, keyY, uint64(block.timestamp), msg.sender);
        emit Deposited(position, account, amount, keyX, keyY);
        _collect(token, msg.sender, amount);
    }

    /// @notice Credits a deposit that was never served to who paid it, once.
    function takeBack(uint256 position) external onceFrozen {
        // A position that was served, taken back or never used holds zeros.
        PendingDeposit memory entry = pendingDeposits[position];
        if (entry.payer == address(0)) revert NothingToTakeBack(position);
        delete pendingDeposits[position];
        uint64 amount = uint64(entry.amountAndAccount);
        totalWaiting -= amount;
        _credit(entry.payer, amount);
        emit TakenBack(position, entry.payer, amount);
    }

    function _isOverdue() internal view virtual override returns (bool) {
        uint256 oldest = depositsServed;
        return oldest != depositsQueued && block.timestamp > pendingDeposits[oldest].since + FREEZE_DEADLINE;
    }

    /// @dev Deposits are served in order because their words come from storage in order. A batch that leaves a lane unused, or whose
    /// shape has none, must not leave an overdue deposit waiting. `first` is the first that no batch before serves.
    function _checkQueue(uint256 first, uint256 lanes, uint256 deposits) internal view {
        uint256 waiting = depositsQueued - first;
        if (deposits > lanes || deposits > waiting) revert TooManyDeposits(deposits, lanes, waiting);
        if (deposits < waiting && (deposits < lanes || deposits == 0)) {
            uint256 next = first + deposits;
            if (pendingDeposits[next].since + DEPOSIT_DEADLINE < block.timestamp) revert DepositOverdue(next);
        }
    }

    /// @dev The words of deposits, three each, from a place of `data` on.
    function _writeDeposits(uint256[] memory data, uint256 place, uint256 first, uint256 deposits) internal view {
        for (uint256 i = 0; i < deposits; i++) {
            PendingDeposit storage entry = pendingDeposits[first + i];
            data[place++] = entry.amountAndAccount;
            data[place++] = entry.keyX;
            data[place++] = entry.keyY;
        }
    }

    function _serve(uint256 deposits) internal {
        uint256 first = depositsServed;
        uint64 amount;
        for (uint256 i = first; i < first + deposits; i++) {
            amount += uint64(pendingDeposits[i].amountAndAccount);
            delete pendingDeposits[i];
        }
        depositsServed = first + deposits;
        totalWaiting -= amount;
    }
}
