// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

interface IGroth16Verifier {
    function verifyProof(
        uint256[2] calldata a,
        uint256[2][2] calldata b,
        uint256[2] calldata c,
        uint256[5] calldata inputs
    ) external view returns (bool);
}

interface IERC20 {
    function balanceOf(address owner) external view returns (uint256);
    function transfer(address to, uint256 amount) external returns (bool);
    function transferFrom(address from, address to, uint256 amount) external returns (bool);
}

/// @title A derivatives rollup whose every batch of margin updates is proved to obey the risk rules
/// @notice Holds the state root, the queue of deposits and the withdrawals that may be claimed. Anybody may submit a batch: the proof,
/// not the sender, is what is trusted.
/// @dev How published data is bound to the proof. The batch's data is a vector D of field elements: header, deposits, withdrawals,
/// oracle tick, trades. The circuit exposes c, the Poseidon hash of its own D. The contract puts together the D it knows (header and
/// deposits from its storage, the rest from calldata), derives z from D, c and the roots, and evaluates D as a polynomial at z; the
/// circuit does the same. Since c fixes the circuit's D before z is known, equal values mean equal vectors but for a chance below n/2^253.
contract MarginRollup {
    /// @notice Order of BN254's groups: every word of D is below it.
    uint256 public constant FIELD = 21888242871839275222246405745257275088548364400416034343698204186575808495617;

    /// @notice Greatest single deposit, in 10^-6 USD; the circuit's range.
    uint256 public constant MAX_DEPOSIT = 1 << 60;

    /// @notice Greatest sum of all deposits ever. Trades leave an account within ±2^61, so with it no deposit can overflow one.
    uint256 public constant MAX_TOTAL_DEPOSITS = 1 << 61;

    /// @notice Seconds after which a waiting deposit must be served before, or with, anything else.
    uint256 public constant DEPOSIT_DEADLINE = 1 days;

    uint256 private constant HEADER_WORDS = 3;
    uint256 private constant DEPOSIT_WORDS = 3;

    /// @notice The circuit that batches of one shape are proved with.
    struct Shape {
        IGroth16Verifier verifier;
        uint16 deposits;
        uint16 withdrawals;
        uint16 otherWords;
    }

    struct PendingDeposit {
        uint256 amountAndAccount;
        uint256 keyX;
        uint256 keyY;
        uint256 since;
    }

    IERC20 public immutable token;
    uint256 public immutable configurationHash;
    uint256 public immutable capacity;
    uint256 public immutable timeWindow;

    uint256 public stateRoot;
    uint256 public batchNumber;
    uint256 public batchTime;
    uint256 public depositsServed;
    uint256 public depositsQueued;
    uint256 public totalDeposited;

    mapping(uint256 => Shape) public shapes;
    mapping(uint256 => PendingDeposit) public pendingDeposits;
    mapping(address => uint256) public claimable;

    /// @notice Hash of the key that the first deposit named, by account.
    mapping(uint256 => bytes32) public openedWith;

    event Deposited(uint256 indexed position, uint256 indexed account, uint256 amount, uint256 keyX, uint256 keyY);
    event BatchAccepted(uint256 indexed number, uint256 oldRoot, uint256 newRoot, uint256 time, uint256 deposits);
    event WithdrawalCredited(address indexed recipient, uint256 indexed account, uint256 amount);
    event Claimed(address indexed recipient, uint256 amount);

    error UnknownShape(uint256 shape);
    error OutOfField(uint256 value);
    error BadDeposit();
    error AnotherKey(uint256 account);
    error TotalDepositsExceeded();
    error WrongWordCount(uint256 expected, uint256 actual);
    error TooManyDeposits(uint256 asked, uint256 lanes, uint256 waiting);
    error DepositOverdue(uint256 position);
    error TimeOutsideWindow(uint256 time);
    error InvalidProof();
    error NothingToClaim();
    error TokenTransferFailed();

    /// @param root State root to start from.
    /// @param configuration Poseidon hash of the configuration (margin fractions, oracle keys, domain).
    /// @param accounts Number of leaves of the account tree.
    /// @param window How many seconds a batch's time may lie behind the block's.
    /// @param registry One entry for each batch shape; the index is the shape's number.
    constructor(uint256 root, uint256 configuration, uint256 accounts, uint256 window, IERC20 money, Shape[] memory registry) {
        if (root >= FIELD) revert OutOfField(root);
        if (configuration >= FIELD) revert OutOfField(configuration);
        stateRoot = root;
        configurationHash = configuration;
        capacity = accounts;
        timeWindow = window;
        token = money;
        for (uint256 i = 0; i < registry.length; i++) shapes[i] = registry[i];
    }

    /// @notice Puts money into an account of the rollup. The first deposit into an empty account makes (keyX, keyY) its owner; later ones
    /// must name the same key, so that nobody who opens an account first can take what was meant for somebody else. The whole amount
    /// must arrive: a token that keeps a part would leave the last accounts unpaid.
    function deposit(uint256 account, uint256 keyX, uint256 keyY, uint256 amount) external {
        if (account >= capacity || amount == 0 || amount > MAX_DEPOSIT || (keyX == 0 && keyY == 0)) revert BadDeposit();
        if (keyX >= FIELD) revert OutOfField(keyX);
        if (keyY >= FIELD) revert OutOfField(keyY);
        bytes32 key = keccak256(abi.encode(keyX, keyY));
        if (openedWith[account] == 0) openedWith[account] = key;
        else if (openedWith[account] != key) revert AnotherKey(account);
        totalDeposited += amount;
        if (totalDeposited > MAX_TOTAL_DEPOSITS) revert TotalDepositsExceeded();

        uint256 position = depositsQueued++;
        pendingDeposits[position] = PendingDeposit(amount | (account << 64), keyX, keyY, block.timestamp);
        emit Deposited(position, account, amount, keyX, keyY);
        uint256 held = token.balanceOf(address(this));
        _call(abi.encodeCall(IERC20.transferFrom, (msg.sender, address(this), amount)));
        if (token.balanceOf(address(this)) != held + amount) revert TokenTransferFailed();
    }

    /// @notice Accepts a batch that extends the current state.
    /// @param shape Number of the batch's shape.
    /// @param time The batch's time, within the window before now and not before the previous batch's.
    /// @param newRoot State root after the batch.
    /// @param digest c, the circuit's hash of the data words.
    /// @param deposits How many waiting deposits the batch serves, the oldest first.
    /// @param words The data words of withdrawals, oracle tick and trades.
    function submitBatch(
        uint256 shape,
        uint256 time,
        uint256 newRoot,
        uint256 digest,
        uint256 deposits,
        uint256[] calldata words,
        uint256[2] calldata a,
        uint256[2][2] calldata b,
        uint256[2] calldata c
    ) external {
        Shape memory lanes = shapes[shape];
        if (address(lanes.verifier) == address(0)) revert UnknownShape(shape);
        if (newRoot >= FIELD) revert OutOfField(newRoot);
        if (digest >= FIELD) revert OutOfField(digest);
        if (time > block.timestamp || time + timeWindow < block.timestamp || time < batchTime) revert TimeOutsideWindow(time);
        _checkQueue(lanes, deposits);

        uint256 oldRoot = stateRoot;
        (uint256 challenge, uint256 evaluation) = _bind(_assemble(lanes, time, deposits, words), digest, oldRoot, newRoot);
        if (!lanes.verifier.verifyProof(a, b, c, [oldRoot, newRoot, digest, challenge, evaluation])) revert InvalidProof();

        stateRoot = newRoot;
        batchTime = time;
        uint256 number = ++batchNumber;
        for (uint256 i = 0; i < deposits; i++) delete pendingDeposits[depositsServed + i];
        depositsServed += deposits;
        _credit(lanes, words);
        emit BatchAccepted(number, oldRoot, newRoot, time, deposits);
    }

    /// @notice Pays the caller what batches have credited to it.
    function claim() external {
        uint256 amount = claimable[msg.sender];
        if (amount == 0) revert NothingToClaim();
        claimable[msg.sender] = 0;
        emit Claimed(msg.sender, amount);
        _call(abi.encodeCall(IERC20.transfer, (msg.sender, amount)));
    }

    /// @dev Deposits are served in order because their words come from storage in order. A batch that leaves a lane unused, or whose
    /// shape has none, must not leave an overdue deposit waiting.
    function _checkQueue(Shape memory lanes, uint256 deposits) private view {
        uint256 waiting = depositsQueued - depositsServed;
        if (deposits > lanes.deposits || deposits > waiting) revert TooManyDeposits(deposits, lanes.deposits, waiting);
        if (deposits < waiting && (deposits < lanes.deposits || deposits == 0)) {
            uint256 next = depositsServed + deposits;
            if (pendingDeposits[next].since + DEPOSIT_DEADLINE < block.timestamp) revert DepositOverdue(next);
        }
    }

    /// @dev D, followed by three places that `_bind` fills.
    function _assemble(Shape memory lanes, uint256 time, uint256 deposits, uint256[] calldata words)
        private
        view
        returns (uint256[] memory data)
    {
        uint256 expected = uint256(lanes.withdrawals) + lanes.otherWords;
        if (words.length != expected) revert WrongWordCount(expected, words.length);
        uint256 first = HEADER_WORDS + DEPOSIT_WORDS * lanes.deposits;
        data = new uint256[](first + expected + 3);
        data[0] = batchNumber + 1;
        data[1] = time;
        data[2] = configurationHash;
        for (uint256 i = 0; i < deposits; i++) {
            PendingDeposit storage entry = pendingDeposits[depositsServed + i];
            uint256 place = HEADER_WORDS + DEPOSIT_WORDS * i;
            data[place] = entry.amountAndAccount;
            data[place + 1] = entry.keyX;
            data[place + 2] = entry.keyY;
        }
        for (uint256 i = 0; i < expected; i++) {
            uint256 word = words[i];
            if (word >= FIELD) revert OutOfField(word);
            data[first + i] = word;
        }
    }

    /// @dev z = keccak256(D, c, roots) mod r and y = Σ dᵢ·zⁱ by Horner's rule.
    function _bind(uint256[] memory data, uint256 digest, uint256 oldRoot, uint256 newRoot)
        private
        pure
        returns (uint256 challenge, uint256 evaluation)
    {
        uint256 count = data.length - 3;
        data[count] = digest;
        data[count + 1] = oldRoot;
        data[count + 2] = newRoot;
        assembly ("memory-safe") {
            let start := add(data, 0x20)
            challenge := mod(keccak256(start, mul(add(count, 3), 0x20)), FIELD)
            for { let cursor := add(start, mul(count, 0x20)) } gt(cursor, start) {} {
                cursor := sub(cursor, 0x20)
                evaluation := addmod(mulmod(evaluation, challenge, FIELD), mload(cursor), FIELD)
            }
        }
    }

    /// @dev A withdrawal word is recipient + amount·2^160 + account·2^224; zero in an unused lane.
    function _credit(Shape memory lanes, uint256[] calldata words) private {
        for (uint256 i = 0; i < lanes.withdrawals; i++) {
            uint256 word = words[i];
            uint256 amount = uint64(word >> 160);
            if (amount == 0) continue;
            address recipient = address(uint160(word));
            claimable[recipient] += amount;
            emit WithdrawalCredited(recipient, word >> 224, amount);
        }
    }

    /// @dev Accepts tokens that return nothing as well as those that return true.
    function _call(bytes memory data) private {
        (bool done, bytes memory result) = address(token).call(data);
        if (!done || (result.length != 0 && !abi.decode(result, (bool))) || address(token).code.length == 0) revert TokenTransferFailed();
    }
}
