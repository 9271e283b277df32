using System.Collections.Immutable;
using Prover.Margin;

namespace Prover.BatchGenerator;

/// <summary>A state of many accounts with owners and money, before anybody has traded.</summary>
public static class FundedBook
{
    /// <summary>Accounts 0, 1, 2, … with 1,000 to 100,000 dollars each.</summary>
    /// <param name="exchange">Whose keys own them.</param>
    /// <param name="shape">A shape whose tree has room for them.</param>
    /// <param name="count">How many.</param>
    public static InitialState Compose(Exchange exchange, BatchShape shape, int count)
    {
        var random = new Random(count);
        var accounts = ImmutableSortedDictionary.CreateBuilder<long, Account>();
        for (var index = 0; index < count; index++)
        {
            accounts[index] = Account.Empty with { Owner = exchange.OwnerOf(index).PublicKey, Cash = random.NextInt64(Exchange.Money(1_000), Exchange.Money(100_000)) };
        }

        return Exchange.Genesis(shape) with { Accounts = accounts.ToImmutable() };
    }
}
