// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import "./TokenTransfer.sol";

/// @title The token that the rollup holds, and who may claim how much of it
/// @notice Whoever is paid comes for it himself, so nobody's failing transfer holds up anybody else.
abstract contract Payments is TokenTransfer {
    IERC20 public immutable token;

    mapping(address => uint256) public claimable;

    /// @notice The sum over all recipients. It shares its storage slot with the sums of the deposits.
    uint128 public totalClaimable;

    event Claimed(address indexed recipient, uint256 amount);

    error NothingToClaim();

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
        _send(token, msg.sender, amount);
    }

    function _credit(address recipient, uint96 amount) internal {
        claimable[recipient] += amount;
        totalClaimable += amount;
    }
}
