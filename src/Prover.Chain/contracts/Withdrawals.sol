// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

import "./Payments.sol";
import "./WithdrawalWords.sol";

/// @title Who gets what a batch pays out of the rollup
/// @notice At home its recipient is credited. Abroad the recipient is paid by a mirror of the rollup, and here the account that settles for that
/// chain is credited, which has to bring the money there.
abstract contract Withdrawals is Payments {
    /// @notice Who is credited here for what is paid on a chain, by the chain's number; fixed in the deployment.
    mapping(uint256 => address) public settlerOf;

    /// @notice What has been credited for a chain since the beginning, in 10^-6 USD.
    mapping(uint256 => uint256) public sentAbroad;

    /// @notice Root over the withdrawal words of a batch that pays abroad, by the batch's number.
    mapping(uint256 => bytes32) public withdrawalsRoot;

    event WithdrawalCredited(address indexed recipient, uint256 indexed account, uint256 amount);
    event WithdrawalSentAbroad(uint256 indexed chain, uint256 indexed batch, uint256 place, address recipient, uint256 account, uint256 amount);

    error UnknownChain(uint256 chain);

    /// @param settlers Who settles for chain 1, 2 and so on.
    constructor(address[] memory settlers) {
        for (uint256 i = 0; i < settlers.length; i++) settlerOf[i + 1] = settlers[i];
    }

    /// @dev That whoever is to be credited is known, so that `_creditWithdrawals` cannot fail.
    function _requirePayable(uint256[] calldata words) internal view {
        for (uint256 i = 0; i < words.length; i++) {
            if (amountOf(words[i]) != 0 && chainOf(words[i]) != 0) _settlerOf(chainOf(words[i]));
        }
    }

    function _creditWithdrawals(uint256 batch, uint256[] calldata words) internal {
        bool isAbroad;
        for (uint256 i = 0; i < words.length; i++) {
            uint256 word = words[i];
            (uint256 chain, address recipient, uint64 amount) = (chainOf(word), recipientOf(word), amountOf(word));
            if (amount == 0) continue;
            if (chain == 0) {
                _credit(recipient, amount);
                emit WithdrawalCredited(recipient, accountOf(word), amount);
                continue;
            }
            isAbroad = true;
            sentAbroad[chain] += amount;
            _credit(_settlerOf(chain), amount);
            emit WithdrawalSentAbroad(chain, batch, i, recipient, accountOf(word), amount);
        }
        if (isAbroad) withdrawalsRoot[batch] = withdrawalsRootOf(words);
    }

    function _settlerOf(uint256 chain) private view returns (address settler) {
        settler = settlerOf[chain];
        if (settler == address(0)) revert UnknownChain(chain);
    }
}
