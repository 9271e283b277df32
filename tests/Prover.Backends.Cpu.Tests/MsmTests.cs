using Prover.Algebra;

namespace Prover.Backends.Cpu.Tests;

public sealed class MsmTests
{
    [Fact]
    public async Task Rooms_that_are_trimmed_while_others_are_made_do_not_pile_up()
    {
        const int threads = 2;
        var rooms = 0;
        using var msm = new Msm<Fq, G1Curve>(new Workers(threads), () => new SlowlyTrimmed(change => Interlocked.Add(ref rooms, change)), new SumPrices(2, 150));
        var bases = Enumerable.Repeat(G1Affine.Generator, 8).ToArray();
        using var scalars = SignedScalars.Of(Enumerable.Range(1, 8).Select(i => (Fr)i).ToArray(), threads);
        await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(async () =>
        {
            for (var i = 0; i < 30; i++)
            {
                Assert.Equal(G1Point.Generator * 36, await msm.Sum(bases, [new SumPart(new TableScalars(scalars, 0, null), 0)], CancellationToken.None));
                await Task.Delay(i % 4);
            }
        })));
        Assert.InRange(rooms, 1, 2 * threads);
    }

    private sealed class SlowlyTrimmed : IListSums<Fq, G1Curve>
    {
        private readonly PortableListSums<Fq, G1Curve> _sums = new();
        private readonly Action<int> _count;

        public SlowlyTrimmed(Action<int> count)
        {
            _count = count;
            count(1);
        }

        public void Sum(ReadOnlySpan<G1Affine> points, Span<int> digits, ReadOnlySpan<int> signedIndices, Span<G1Affine> sums) =>
            _sums.Sum(points, digits, signedIndices, sums);

        public void Trim() => Thread.Sleep(1);

        public void Dispose()
        {
            _sums.Dispose();
            _count(-1);
        }
    }
}
