// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

/// @title The end of a rollup that nobody runs any more
/// @notice Once frozen it stays so: its last proved state is what is paid out.
abstract contract Freeze {
    /// @notice When it was frozen; 0 until then.
    uint256 public frozenAt;

    event Frozen(uint256 position);

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
}
