using System.Globalization;
using System.Text;
using Prover.Margin;
using Prover.Primitives;

namespace Prover.Circuits.Tests;

/// <summary>The numbers of registered and needed signers are two constants of the circuits; what else there is follows them.</summary>
public sealed class QuorumTests : IDisposable
{
    private static readonly EddsaPrivateKey[] Seven =
        [.. Enumerable.Range(0, 7).Select(i => new EddsaPrivateKey(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"signer {i} of seven, for tests only"))))];

    private static readonly Configuration Configuration = Desk.Configuration with { Signers = [.. Seven.Select(key => key.PublicKey)] };

    private readonly string _folder = Directory.CreateTempSubdirectory("circuits").FullName;

    [Fact]
    public void Five_signers_of_seven()
    {
        TinyBatch.CopyEdited(_folder, Path.Combine("margin", "state.circuit"), text => Edited(text, "const SIGNERS = 4", "const SIGNERS = 7"));
        var prices = Path.Combine(_folder, "margin", "prices.circuit");
        File.WriteAllText(prices, Edited(File.ReadAllText(prices), "const QUORUM = 3", "const QUORUM = 5"));
        var circuit = TinyBatch.Compile(_folder, "batch", TinyBatch.Shape.RuleName);

        // Two that lie move nothing: the third of five counts.
        var (honest, low, high) = (100UL << 32, 91UL << 32, 109UL << 32);
        var batch = Ticked([low, honest, high, honest, honest], [0, 2, 3, 5, 6]);
        var result = BatchExecutor.Execute(batch);
        Assert.True(result.IsAccepted);
        Assert.Equal(honest, result.Ledger.Markets[1].Price);
        Assert.Null(TinyBatch.Refusal(circuit, result.Inputs));
        Assert.StartsWith("oracle signers not distinct", TinyBatch.Refusal(circuit, TinyBatch.Inputs(Ticked([low, honest, high, honest, honest], [0, 2, 3, 3, 6]))), StringComparison.Ordinal);

        // Three do: they are most of five.
        Assert.Equal(high, BatchExecutor.Execute(Ticked([low, honest, high, high, high], [0, 2, 3, 5, 6])).Ledger.Markets[1].Price);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static Batch Ticked(ulong[] prices, int[] signers)
    {
        var time = Desk.Now - 1;
        var reports = signers.Zip(prices, (signer, price) => Seven[signer].SignPrices(Configuration, signer, time, [new(price, 0), new(Desk.Price[1], 0)]));
        var batch = Desk.Batch(new OracleTick(time, [.. reports]));
        return batch.WithPrices(Desk.Now - 200, Desk.Price) with { Configuration = Configuration };
    }

    private static string Edited(string text, string old, string @new)
    {
        Assert.Contains(old, text, StringComparison.Ordinal);
        return text.Replace(old, @new, StringComparison.Ordinal);
    }
}
