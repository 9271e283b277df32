// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

interface IERC20 {
    function balanceOf(address owner) external view returns (uint256);
    function transfer(address to, uint256 amount) external returns (bool);
    function transferFrom(address from, address to, uint256 amount) external returns (bool);
}

/// @title The token that the rollup holds, and who may claim how much of it
/// @notice Whoever is paid comes for it himself, so nobody's failing transfer holds up anybody else.
abstract contract Payments {
    IERC20 public immutable token;

    mapping(address => uint256) public claimable;

    bool private transient _isPaying;

    /// @notice The sum over all recipients. It shares its storage slot with the sums of the deposits.
    uint128 public totalClaimable;

    event Claimed(address indexed recipient, uint256 amount);

    error NothingToClaim();
    error TokenTransferFailed();
    error Reentered();

    /// @dev While the token moves money, balance and books differ: nothing that moves or counts money may be called from within.
    modifier notWhilePaying() {
        if (_isPaying) revert Reentered();
        _;
    }

    constructor(IERC20 money) {
        token = money;
    }

    /// @notice Pays the caller what it has been credited.
    function claim() external notWhilePaying {
        uint256 amount = claimable[msg.sender];
        if (amount == 0) revert NothingToClaim();
        claimable[msg.sender] = 0;
        totalClaimable -= uint128(amount);
        emit Claimed(msg.sender, amount);
        _call(abi.encodeCall(IERC20.transfer, (msg.sender, amount)));
    }

    function _credit(address recipient, uint96 amount) internal {
        claimable[recipient] += amount;
        totalClaimable += amount;
    }

    /// @dev The whole amount must arrive: a token that keeps a part would leave the last accounts unpaid.
    function _collect(address payer, uint256 amount) internal {
        uint256 held = token.balanceOf(address(this));
        _call(abi.encodeCall(IERC20.transferFrom, (payer, address(this), amount)));
        if (token.balanceOf(address(this)) != held + amount) revert TokenTransferFailed();
    }

    /// @dev Accepts tokens that return nothing as well as those that return true.
    function _call(bytes memory data) private {
        _isPaying = true;
        (bool done, bytes memory result) = address(token).call(data);
        _isPaying = false;
        if (!done || (result.length != 0 && !abi.decode(result, (bool))) || address(token).code.length == 0) revert TokenTransferFailed();
    }
}
