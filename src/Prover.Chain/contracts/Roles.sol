// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

/// @title Who may pause batches, announce new shapes, and propose batches without a proof
/// @notice The guardian stops batches while something is being looked into; the governor announces shapes and names who holds a role next, the
/// proposer among them, whom there is not in the beginning.
/// Neither can touch money: deposits and claims go on while batches are paused, and no clock stops.
abstract contract Roles {
    enum Role {
        Governor,
        Guardian,
        Proposer
    }

    mapping(Role => address) public holder;
    mapping(Role => address) public nominee;
    bool public paused;

    event Nominated(Role indexed role, address indexed nominee);
    event HandedOver(Role indexed role, address indexed from, address indexed to);
    event Paused();
    event Unpaused();

    error NotHolder(Role role, address caller);
    error NotNominee(Role role, address caller);
    error BatchesPaused();

    modifier only(Role role) {
        if (msg.sender != holder[role]) revert NotHolder(role, msg.sender);
        _;
    }

    constructor(address governor, address guardian) {
        holder[Role.Governor] = governor;
        holder[Role.Guardian] = guardian;
        emit HandedOver(Role.Governor, address(0), governor);
        emit HandedOver(Role.Guardian, address(0), guardian);
    }

    /// @notice Names who may take a role over; the zero address takes a nomination back.
    function nominate(Role role, address next) external only(Role.Governor) {
        nominee[role] = next;
        emit Nominated(role, next);
    }

    /// @notice Takes a role over. Only its nominee can, so a role never goes to an address that nobody holds. What a governor has nominated
    /// goes with him.
    function acceptRole(Role role) external {
        if (msg.sender != nominee[role]) revert NotNominee(role, msg.sender);
        emit HandedOver(role, holder[role], msg.sender);
        holder[role] = msg.sender;
        delete nominee[role];
        if (role == Role.Governor) (nominee[Role.Guardian], nominee[Role.Proposer]) = (address(0), address(0));
    }

    /// @notice Refuses batches until they are let through again.
    function pause() external only(Role.Guardian) {
        paused = true;
        emit Paused();
    }

    /// @notice Lets batches through again.
    function unpause() external only(Role.Guardian) {
        paused = false;
        emit Unpaused();
    }

    function _requireRunning() internal view {
        if (paused) revert BatchesPaused();
    }
}
