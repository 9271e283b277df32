// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

/// @title The end of a rollup that nobody runs any more
/// @notice Once frozen it stays so: its last proved state is what is paid out.
abstract contract Freeze {
    /// @notice When it was frozen; 0 until then.
    uint256 public frozenAt;

    event Frozen();

    error IsFrozen();
    error NotFrozen();
    error TooEarlyToFreeze();

    modifier untilFrozen() {
        if (frozenAt != 0) revert IsFrozen();
        _;
    }

    modifier onceFrozen() {
        if (frozenAt == 0) revert NotFrozen();
        _;
    }

    /// @notice Ends the rollup if something that it must serve has waited for too long.
    function freeze() external untilFrozen {
        if (!_isOverdue()) revert TooEarlyToFreeze();
        frozenAt = block.timestamp;
        emit Frozen();
    }

    /// @dev Whether the oldest of anything that waits has waited for too long.
    function _isOverdue() internal view virtual returns (bool);
}
