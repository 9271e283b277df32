using System.Collections.Immutable;
using System.Numerics;
using Prover.BatchGenerator;
using Prover.Margin;

namespace Prover.Cli.Tests;

/// <summary>
/// An account with 25 coins at 60,000 USD, and 1,390,000 USD of debt, that withdraws twice; another one that gets a deposit.
/// </summary>
/// <remarks>
/// <para>The coins are 2,500,000,000 units at 600 micro-USD, worth 1,500,000 USD. 5 % of that and 5 % of the 500,000 above 1,000,000 are
/// 100,000 USD of initial margin, half of it maintenance margin, a quarter close-out margin.</para>
/// <para>Funding has risen by 1/1024 micro-USD: 2,441,406.25 micro-USD are owed, 2,441,407 paid, and 0.75 of that is rest. That leaves
/// 1,500,000 − 1,390,002.441407 = 109,997.558593 USD, of which 9,997.558593 may be withdrawn: 9,000, but not 1,000 more.</para>
/// </remarks>
internal static class ExplainedBatch
{
    private const long Time = 1_764_000_000;

    /// <summary>What is printed of each transaction in the order in which they run.</summary>
    public const string Explained = """
        transaction 1: deposit 10.00 USD to account 5
        accepted
        ╭────────────────────┬────────────────┬─────────────────╮
        │ account 5          │         before │           after │
        ├────────────────────┼────────────────┼─────────────────┤
        │ cash               │       0.00 USD │       10.00 USD │
        │ funding owed       │       0.00 USD │        0.00 USD │
        │ worth              │       0.00 USD │       10.00 USD │
        │ initial margin     │       0.00 USD │        0.00 USD │
        │                    │ 0.00 USD above │ 10.00 USD above │
        │ maintenance margin │       0.00 USD │        0.00 USD │
        │                    │ 0.00 USD above │ 10.00 USD above │
        │ close-out margin   │       0.00 USD │        0.00 USD │
        │                    │ 0.00 USD above │ 10.00 USD above │
        ╰────────────────────┴────────────────┴─────────────────╯

        transaction 0: withdraw 9,000.00 USD from account 3 to 0x0000000000000000000000000000000000abcdef
        accepted
        ╭──────────────────────┬─────────────────────────┬─────────────────────────╮
        │ account 3            │                  before │                   after │
        ├──────────────────────┼─────────────────────────┼─────────────────────────┤
        │ cash                 │       -1,390,000.00 USD │   -1,399,002.441407 USD │
        │ funding owed         │            2.441407 USD │                0.00 USD │
        │ funding paid         │                         │            2.441407 USD │
        │   of it to the house │                         │          0.75 micro-USD │
        │ worth                │      109,997.558593 USD │      100,997.558593 USD │
        │ initial margin       │          100,000.00 USD │          100,000.00 USD │
        │                      │  9,997.558593 USD above │    997.558593 USD above │
        │ maintenance margin   │           50,000.00 USD │           50,000.00 USD │
        │                      │ 59,997.558593 USD above │ 50,997.558593 USD above │
        │ close-out margin     │           25,000.00 USD │           25,000.00 USD │
        │                      │ 84,997.558593 USD above │ 75,997.558593 USD above │
        ╰──────────────────────┴─────────────────────────┴─────────────────────────╯
        ╭────────┬────────┬───────────────┬────────────────┬────────────────────┬──────────────┬─────────────────┬───────────────────┬────────────────────╮
        │        │ market │ units         │ micro-USD each │ tier               │ of USD       │ initial         │ maintenance       │ close-out          │
        ├────────┼────────┼───────────────┼────────────────┼────────────────────┼──────────────┼─────────────────┼───────────────────┼────────────────────┤
        │ before │ 1      │ 2,500,000,000 │ 600.00         │ notional           │ 1,500,000.00 │ 75,000.00 (5 %) │ 37,500.00 (2.5 %) │ 18,750.00 (1.25 %) │
        │        │        │               │                │ above 1,000,000.00 │ 500,000.00   │ 25,000.00 (5 %) │ 12,500.00 (2.5 %) │ 6,250.00 (1.25 %)  │
        │ after  │ 1      │ 2,500,000,000 │ 600.00         │ notional           │ 1,500,000.00 │ 75,000.00 (5 %) │ 37,500.00 (2.5 %) │ 18,750.00 (1.25 %) │
        │        │        │               │                │ above 1,000,000.00 │ 500,000.00   │ 25,000.00 (5 %) │ 12,500.00 (2.5 %) │ 6,250.00 (1.25 %)  │
        ╰────────┴────────┴───────────────┴────────────────┴────────────────────┴──────────────┴─────────────────┴───────────────────┴────────────────────╯

        transaction 2: withdraw 1,000.00 USD from account 3 to 0x0000000000000000000000000000000000abcdef
        refused: initial margin: have 99,997.558593 USD, need 100,000.00 USD in account 3
        """ + "\n" + SecondWithdrawal + """


        Worth, margins and what is above them are rounded down to 10⁻⁶ USD, what is below up; prices and funding down. They are compared exactly; --json shows all digits.

        """;

    /// <summary>What is printed of the second withdrawal, the last transaction of the file.</summary>
    public const string Refused = """
        transaction 2: withdraw 1,000.00 USD from account 3 to 0x0000000000000000000000000000000000abcdef
        ╭─────────┬────────────────────────────────────────────────────────────────────────────────╮
        │ verdict │ refused                                                                        │
        │ rule    │ initial margin                                                                 │
        │ because │ have 99,997.558593 USD, need 100,000.00 USD in account 3                       │
        │ had     │ 99,997.558593 USD                                                              │
        │ needed  │ at least 100,000.00 USD                                                        │
        │ missing │ 2.441407 USD                                                                   │
        │ remedy  │ deposit at least 2.441407 USD to account 3, or withdraw at most 997.558593 USD │
        ╰─────────┴────────────────────────────────────────────────────────────────────────────────╯
        """ + "\n" + SecondWithdrawal + """

        Worth, margins and what is above them are rounded down to 10⁻⁶ USD, what is below up; prices and funding down. They are compared exactly; --json shows all digits.

        """;

    /// <summary>The account before the second withdrawal, and as it would be.</summary>
    private const string SecondWithdrawal = """
        ╭────────────────────┬─────────────────────────┬─────────────────────────╮
        │ account 3          │                  before │          as it would be │
        ├────────────────────┼─────────────────────────┼─────────────────────────┤
        │ cash               │   -1,399,002.441407 USD │   -1,400,002.441407 USD │
        │ funding owed       │                0.00 USD │                0.00 USD │
        │ worth              │      100,997.558593 USD │       99,997.558593 USD │
        │ initial margin     │          100,000.00 USD │          100,000.00 USD │
        │                    │    997.558593 USD above │      2.441407 USD below │
        │ maintenance margin │           50,000.00 USD │           50,000.00 USD │
        │                    │ 50,997.558593 USD above │ 49,997.558593 USD above │
        │ close-out margin   │           25,000.00 USD │           25,000.00 USD │
        │                    │ 75,997.558593 USD above │ 74,997.558593 USD above │
        ╰────────────────────┴─────────────────────────┴─────────────────────────╯
        ╭────────────────┬────────┬───────────────┬────────────────┬────────────────────┬──────────────┬─────────────────┬───────────────────┬────────────────────╮
        │                │ market │ units         │ micro-USD each │ tier               │ of USD       │ initial         │ maintenance       │ close-out          │
        ├────────────────┼────────┼───────────────┼────────────────┼────────────────────┼──────────────┼─────────────────┼───────────────────┼────────────────────┤
        │ before         │ 1      │ 2,500,000,000 │ 600.00         │ notional           │ 1,500,000.00 │ 75,000.00 (5 %) │ 37,500.00 (2.5 %) │ 18,750.00 (1.25 %) │
        │                │        │               │                │ above 1,000,000.00 │ 500,000.00   │ 25,000.00 (5 %) │ 12,500.00 (2.5 %) │ 6,250.00 (1.25 %)  │
        │ as it would be │ 1      │ 2,500,000,000 │ 600.00         │ notional           │ 1,500,000.00 │ 75,000.00 (5 %) │ 37,500.00 (2.5 %) │ 18,750.00 (1.25 %) │
        │                │        │               │                │ above 1,000,000.00 │ 500,000.00   │ 25,000.00 (5 %) │ 12,500.00 (2.5 %) │ 6,250.00 (1.25 %)  │
        ╰────────────────┴────────┴───────────────┴────────────────┴────────────────────┴──────────────┴─────────────────┴───────────────────┴────────────────────╯
        """;

    public static Exchange Exchange { get; } = new("explained batches");

    public static Batch Make()
    {
        var shape = new BatchShape(Depth: 2, Slots: 2, Markets: 2, Orders: 1, Deposits: 1, Trades: 0, Withdrawals: 2);
        var size = Exchange.Size(25);
        var market = Exchange.Listed[0] with { Price = Exchange.Price(60_000), Funding = 1 << 22, OpenInterest = size };
        var account = Account.Empty with
        {
            Owner = Exchange.OwnerOf(3).PublicKey,
            Cash = Exchange.Money(-1_390_000),
            Positions = Account.Empty.Positions.Add(1, new(size, 0)),
        };
        return new(
            shape,
            1,
            Time,
            Exchange.Configuration,
            new(new(Time - 5, Time - 5, [market, Market.None]), BigInteger.Zero, ImmutableSortedDictionary<long, Account>.Empty.Add(3, account)),
            [Exchange.Withdraw(3, 0, 9_000, 0xABCDEF), Exchange.Deposit(5, 10), Exchange.Withdraw(3, 1, 1_000, 0xABCDEF)]);
    }
}
