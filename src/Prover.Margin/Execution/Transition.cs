namespace Prover.Margin;

/// <summary>What a transaction does in a batch.</summary>
/// <param name="Check">Null if the rules accept it in the state as it is now; changes nothing.</param>
/// <param name="Apply">Changes the state and fills in inputs and words of a lane.</param>
internal sealed record Transition(Func<Rejection?> Check, Action<int> Apply)
{
    /// <summary>Why what is accepted does less than it asks for, in the state as it is now; null if it does not.</summary>
    public Func<Rejection?> Shortfall { get; init; } = () => null;

    /// <summary>The transition of a transaction's kind.</summary>
    public static Transition Of(BatchContext context, Transaction transaction) => transaction switch
    {
        MarketUpdate update => new(() => MarketUpdateTransition.Check(context, update), lane => MarketUpdateTransition.Apply(context, update, lane)),
        OracleTick tick => new(() => TickTransition.Check(context, tick), _ => TickTransition.Apply(context, tick)),
        Deposit deposit => new(() => DepositTransition.Check(context, deposit), lane => DepositTransition.Apply(context, deposit, lane)),
        KeyChange change => new(() => KeyChangeTransition.Check(context, change), lane => KeyChangeTransition.Apply(context, change, lane)),
        Cancel cancel => new(() => CancelTransition.Check(context, cancel), lane => CancelTransition.Apply(context, cancel, lane)),
        Transfer transfer => new(() => TransferTransition.Check(context, transfer), lane => TransferTransition.Apply(context, transfer, lane)),
        HashLock hashLock => new(() => LockTransition.Check(context, hashLock), lane => LockTransition.Apply(context, hashLock, lane)),
        Unlock unlock => new(() => UnlockTransition.Check(context, unlock), lane => UnlockTransition.Apply(context, unlock, lane)),
        Liquidation liquidation => new(() => LiquidationTransition.Check(context, liquidation), lane => LiquidationTransition.Apply(context, liquidation, lane)),
        Sweep sweep => new(() => SweepTransition.Check(context, sweep), lane => SweepTransition.Apply(context, sweep, lane)),
        TakeOver takeOver => new(() => TakeOverTransition.Check(context, takeOver), lane => TakeOverTransition.Apply(context, takeOver, lane)),
        Deleverage deleverage => new(() => DeleverageTransition.Check(context, deleverage), lane => DeleverageTransition.Apply(context, deleverage, lane)),
        ForcedClose close => new(() => ForcedCloseTransition.Check(context, close), lane => ForcedCloseTransition.Apply(context, close, lane))
        {
            Shortfall = () => ForcedCloseTransition.Shortfall(context, close),
        },
        Trade trade => new(() => TradeTransition.Check(context, trade), lane => TradeTransition.Apply(context, trade, lane)),
        Withdrawal withdrawal => new(() => WithdrawalTransition.Check(context, withdrawal), lane => WithdrawalTransition.Apply(context, withdrawal, lane)),
        ForcedExit exit => new(() => ForcedExitTransition.Check(context, exit), lane => ForcedExitTransition.Apply(context, exit, lane))
        {
            Shortfall = () => ForcedExitTransition.Shortfall(context, exit),
        },
        _ => throw new ArgumentException($"Unknown transaction {transaction.GetType().Name}.", nameof(transaction)),
    };
}
