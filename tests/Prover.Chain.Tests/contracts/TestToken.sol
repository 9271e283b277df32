// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

/// @title Money for tests: anybody may mint it, let it keep a part of what others send for their account, or have it call somebody before it moves
contract TestToken {
    uint256 public fee;
    mapping(address => uint256) public balanceOf;
    mapping(address => mapping(address => uint256)) public allowance;

    address private _called;
    bytes private _call;

    /// @notice Whether the call came through, and the first bytes of what it returned.
    bool public wasLetIn;
    bytes4 public answer;

    function mint(address to, uint256 amount) external {
        balanceOf[to] += amount;
    }

    function setFee(uint256 amount) external {
        fee = amount;
    }

    function setCall(address target, bytes calldata data) external {
        _called = target;
        _call = data;
    }

    function approve(address spender, uint256 amount) external returns (bool) {
        allowance[msg.sender][spender] = amount;
        return true;
    }

    function transfer(address to, uint256 amount) external returns (bool) {
        _reenter();
        balanceOf[msg.sender] -= amount;
        balanceOf[to] += amount;
        return true;
    }

    function transferFrom(address from, address to, uint256 amount) external returns (bool) {
        _reenter();
        allowance[from][msg.sender] -= amount;
        balanceOf[from] -= amount;
        balanceOf[to] += amount - fee;
        return true;
    }

    function _reenter() private {
        if (_called == address(0)) return;
        bytes memory result;
        (wasLetIn, result) = _called.call(_call);
        answer = bytes4(result);
    }
}
