// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

import "./DataBinding.sol";
import "./Roles.sol";

/// @title Notice of updates of markets
/// @notice The governance's key changes what positions must be backed with. What it is about to change is published here a week before, so that
/// everybody can bring more, or close and leave.
abstract contract UpdateNotice is Roles {
    /// @notice Seconds between an update's announcement and the first batch that may have it.
    uint256 public constant UPDATE_DELAY = 7 days;

    /// @notice Seconds from then on after which an announcement lapses: a notice of long ago is none.
    uint256 public constant UPDATE_LIFETIME = 7 days;

    /// @notice From when on a batch may have the update whose words have this hash; 0 if it was not announced.
    mapping(bytes32 => uint256) public updateFrom;

    event UpdateAnnounced(bytes32 indexed update, uint256[5] words, uint256 from);
    event UpdateWithdrawn(bytes32 indexed update);
    event UpdateApplied(bytes32 indexed update);

    error UpdateNotAnnounced(bytes32 update);
    error UpdateTooEarly(bytes32 update, uint256 from);
    error UpdateLapsed(bytes32 update, uint256 until);

    /// @notice Announces an update by its data words: the market's number; its first tier, its leeway and whether it is for portfolio margin only; three
    /// raises. Once more, its time begins anew.
    function announceUpdate(uint256[5] calldata words) external only(Role.Governor) {
        bytes32 update = keccak256(abi.encode(words));
        uint256 from = block.timestamp + UPDATE_DELAY;
        updateFrom[update] = from;
        emit UpdateAnnounced(update, words, from);
    }

    /// @notice Takes an announcement back.
    function withdrawUpdate(bytes32 update) external only(Role.Governor) {
        if (updateFrom[update] == 0) revert UpdateNotAnnounced(update);
        delete updateFrom[update];
        emit UpdateWithdrawn(update);
    }

    /// @dev Spends the announcements of the updates in a batch. The market's number is 0 in an unused lane, and there only.
    function _spendUpdates(uint256[] calldata words) internal {
        for (uint256 i = 0; i < words.length; i += UPDATE_WORDS) {
            if (words[i] == 0) continue;
            bytes32 update = keccak256(abi.encodePacked(words[i:i + UPDATE_WORDS]));
            uint256 from = updateFrom[update];
            if (from == 0) revert UpdateNotAnnounced(update);
            if (block.timestamp < from) revert UpdateTooEarly(update, from);
            if (block.timestamp > from + UPDATE_LIFETIME) revert UpdateLapsed(update, from + UPDATE_LIFETIME);
            delete updateFrom[update];
            emit UpdateApplied(update);
        }
    }
}
