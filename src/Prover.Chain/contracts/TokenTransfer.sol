// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

interface IERC20 {
    function balanceOf(address owner) external view returns (uint256);
    function transfer(address to, uint256 amount) external returns (bool);
    function transferFrom(address from, address to, uint256 amount) external returns (bool);
}

/// @title How tokens are moved, whatever they answer and whomever they call meanwhile
abstract contract TokenTransfer {
    bool private transient _isPaying;

    error TokenTransferFailed();
    error Reentered();

    /// @dev While a token moves money, balance and books differ: nothing that moves or counts money may be called from within.
    modifier notWhilePaying() {
        if (_isPaying) revert Reentered();
        _;
    }

    function _send(IERC20 token, address recipient, uint256 amount) internal {
        _call(token, abi.encodeCall(IERC20.transfer, (recipient, amount)));
    }

    /// @dev The whole amount must arrive: a token that keeps a part would leave the last to be paid unpaid.
    function _collect(IERC20 token, address payer, uint256 amount) internal {
        uint256 held = token.balanceOf(address(this));
        _call(token, abi.encodeCall(IERC20.transferFrom, (payer, address(this), amount)));
        if (token.balanceOf(address(this)) != held + amount) revert TokenTransferFailed();
    }

    /// @dev Accepts tokens that return nothing as well as those that return true.
    function _call(IERC20 token, bytes memory data) private {
        _isPaying = true;
        (bool done, bytes memory result) = address(token).call(data);
        _isPaying = false;
        if (!done || (result.length != 0 && !abi.decode(result, (bool))) || address(token).code.length == 0) revert TokenTransferFailed();
    }
}
