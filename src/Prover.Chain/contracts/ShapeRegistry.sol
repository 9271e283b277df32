// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

import "./Groth16.sol";
import "./Roles.sol";

/// @title The circuits that batches may be proved with
/// @notice A circuit decides what a batch may do, so a new one is announced long enough before it counts for everybody to leave who does not
/// trust it. One that counts stays what it is.
abstract contract ShapeRegistry is Roles {
    /// @notice Seconds between a shape's announcement and the first batch of it.
    uint256 public constant SHAPE_DELAY = 14 days;

    /// @notice The circuit that batches of one shape are proved with, and what is where in their data words: lanes of deposits, of withdrawals and
    /// of updates of markets, then words that mean nothing to the contract.
    struct Shape {
        IGroth16Verifier verifier;
        uint16 deposits;
        uint16 closes;
        uint16 exits;
        uint16 withdrawals;
        uint16 updates;
        uint16 otherWords;
    }

    /// @notice A shape that counts from some time on, once it is added.
    struct Announcement {
        Shape shape;
        uint256 from;
    }

    mapping(uint256 => Shape) public shapes;
    mapping(uint256 => Announcement) public announcements;

    event ShapeAnnounced(uint256 indexed number, Shape shape, uint256 from);
    event ShapeWithdrawn(uint256 indexed number);
    event ShapeAdded(uint256 indexed number, Shape shape);

    error UnknownShape(uint256 number);
    error ShapeExists(uint256 number);
    error NoVerifier(address verifier);
    error ShapeNotAnnounced(uint256 number);
    error ShapeTooEarly(uint256 number, uint256 from);

    /// @notice Announces a shape under a number that none has.
    function announceShape(uint256 number, Shape calldata shape) external only(Role.Governor) {
        if (_exists(number) || announcements[number].from != 0) revert ShapeExists(number);
        if (address(shape.verifier).code.length == 0) revert NoVerifier(address(shape.verifier));
        uint256 from = block.timestamp + SHAPE_DELAY;
        announcements[number] = Announcement(shape, from);
        emit ShapeAnnounced(number, shape, from);
    }

    /// @notice Takes an announcement back.
    function withdrawShape(uint256 number) external only(Role.Governor) {
        if (announcements[number].from == 0) revert ShapeNotAnnounced(number);
        delete announcements[number];
        emit ShapeWithdrawn(number);
    }

    /// @notice Adds an announced shape when its time has come.
    function addShape(uint256 number) external only(Role.Governor) {
        Announcement memory announced = announcements[number];
        if (announced.from == 0) revert ShapeNotAnnounced(number);
        if (block.timestamp < announced.from) revert ShapeTooEarly(number, announced.from);
        delete announcements[number];
        _addShape(number, announced.shape);
    }

    function _addShape(uint256 number, Shape memory shape) internal {
        if (address(shape.verifier).code.length == 0) revert NoVerifier(address(shape.verifier));
        shapes[number] = shape;
        emit ShapeAdded(number, shape);
    }

    function _shape(uint256 number) internal view returns (Shape memory) {
        if (!_exists(number)) revert UnknownShape(number);
        return shapes[number];
    }

    function _exists(uint256 number) internal view returns (bool) {
        return address(shapes[number].verifier) != address(0);
    }
}
