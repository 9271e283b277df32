using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Prover.Algebra;
using Layout = Prover.Backends.Cpu.Ifma.G1TileLayout;

namespace Prover.Backends.Cpu.Ifma;

/// <summary>Some thousand buckets of points of G1, summed in rounds: round r adds every bucket's point r.</summary>
/// <remarks>For one thread. Buckets lie in pairs of groups, sixteen at a time; pairs with more points come first, so that each round has a run of pairs from the first on.</remarks>
internal sealed unsafe class G1Tile : ITile<Fq, G1Curve>
{
    /// <summary>How many pairs ahead points are fetched; the indices read for it reach as far beyond both ends.</summary>
    public const int PairsAhead = 3;

    private const int Lanes = 8;

    private static readonly Lazy<G1TileCode> Code = new();

    /// <summary>2²⁶⁰ mod p, the kernels' 1.</summary>
    private static readonly ulong[] One = Limbs((BigInteger.One << 260) % Fq.Modulus);

    private static readonly ulong[] Prime = Limbs(Fq.Modulus);

    private static readonly Fq Scale = Fq.FromUInt64(64);

    private readonly NativeBlock _data;
    private readonly NativeBlock _state;
    private readonly List<int> _restarts = [];

    /// <param name="pairs">Sixteenths of the number of buckets.</param>
    public G1Tile(int pairs)
    {
        Groups = pairs;
        _data = Code.Value.NewData();
        _state = new NativeBlock(pairs * Layout.Pair);
    }

    /// <summary>Sixteenths of the number of buckets.</summary>
    public int Groups { get; }

    /// <inheritdoc/>
    public int GroupLists => Layout.PairBuckets;

    /// <inheritdoc/>
    public int Lookahead => PairsAhead;

    /// <inheritdoc/>
    public void Sum(G1Affine* bases, uint* indices, int stride, ReadOnlySpan<int> activePairs, List<(int List, G1Affine Point)> displaced)
    {
        if (activePairs.IsEmpty || activePairs[0] == 0)
            return;

        var code = Code.Value;
        Run(code.First, bases, indices, 0, activePairs[0], upwards: true);
        var upwards = true;
        var pending = 0;
        for (var round = 1; round < activePairs.Length; round++)
        {
            indices += stride;
            var active = activePairs[round];
            if (round == 1)
            {
                ResetProduct();
                Run(code.Collect, bases, indices, 0, active, upwards: true);
            }
            else
            {
                Invert(pending, upwards, displaced);
                upwards = !upwards;
                ResetProduct();
                if (!upwards)
                    Run(code.Finish, bases, indices, active, pending, upwards);

                Run(code.Round, bases, indices, 0, active, upwards);
                if (upwards)
                    Run(code.Finish, bases, indices, active, pending, upwards);

                ClearRestarts();
            }

            pending = active;
        }

        if (pending > 0)
        {
            Invert(pending, upwards, displaced);
            Run(code.Finish, bases, indices, 0, pending, !upwards);
            ClearRestarts();
        }
    }

    /// <inheritdoc/>
    public void ReadSums(int group, Span<G1Affine> sums)
    {
        const int words = 2 * 4;
        ArgumentOutOfRangeException.ThrowIfNotEqual(sums.Length, Layout.PairBuckets);
        fixed (G1Affine* start = sums)
        {
            for (var half = 0; half < Layout.PairBuckets / Lanes; half++)
            {
                var state = Group(group * Layout.PairBuckets + half * Lanes);
                var target = (ulong*)(start + half * Lanes);
                LaneWords.Write(state + Layout.X, target, words);
                LaneWords.Write(state + Layout.Y, target + words / 2, words);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _data.Dispose();
        _state.Dispose();
    }

    /// <summary>Runs a pass over the pairs [from, to), in one direction or the other.</summary>
    private void Run(delegate* unmanaged<void*, void> pass, G1Affine* bases, uint* indices, int from, int to, bool upwards)
    {
        if (from >= to)
            return;

        var first = upwards ? from : to - 1;
        var (step, indexStep) = upwards ? (Layout.Pair, Layout.PairBuckets) : (-Layout.Pair, -Layout.PairBuckets);
        var arguments = new Arguments
        {
            State = _state.Start + first * (long)Layout.Pair,
            Indices = indices + first * Layout.PairBuckets,
            Bases = bases,
            Ahead = indices + first * Layout.PairBuckets + PairsAhead * indexStep,
            Data = _data.Start,
            Pairs = to - from,
            StateStep = step,
            IndexStep = indexStep * sizeof(uint),
        };
        pass(&arguments);
    }

    private void ResetProduct()
    {
        var one = One;
        var words = DataWords(Code.Value.Product);
        for (var i = 0; i < words.Length; i++)
        {
            words[i] = one[i / Lanes % KernelData.Limbs];
        }
    }

    /// <summary>Replaces the two streams' products, lane by lane, by a quarter of their inverses, after making those of zero differences vanish.</summary>
    private void Invert(int pairs, bool upwards, List<(int List, G1Affine Point)> displaced)
    {
        Span<Fq> products = stackalloc Fq[2 * Lanes];
        ReadProducts(products);
        if (products.Contains(Fq.Zero))
        {
            for (var i = 0; i < products.Length; i++)
            {
                if (products[i].IsZero)
                    Displace(i, pairs, displaced);
            }

            ResetProduct();
            Run(Code.Value.Chain, null, null, 0, pairs, upwards);
            ReadProducts(products);
        }

        // A kernel's v·2²⁶⁰ is 16v to Fq, whose inverse 1/16v times 64 is 4/v, which the kernel reads as 1/4v.
        Span<Fq> prefixes = stackalloc Fq[products.Length];
        var product = Fq.One;
        for (var i = 0; i < products.Length; i++)
        {
            prefixes[i] = product;
            product *= products[i];
        }

        var inverse = product.Invert() * Scale;
        var target = DataWords(Code.Value.Inverse);
        for (var i = products.Length - 1; i >= 0; i--)
        {
            var share = inverse * prefixes[i];
            inverse *= products[i];
            Write(target[(i / Lanes * KernelData.Limbs * Lanes + i % Lanes)..], share);
        }
    }

    private void ReadProducts(Span<Fq> products)
    {
        var words = DataWords(Code.Value.Product);
        for (var i = 0; i < products.Length; i++)
        {
            products[i] = Read(words[(i / Lanes * KernelData.Limbs * Lanes + i % Lanes)..]);
        }
    }

    /// <summary>Gives up the sums of one lane that have the same x as their next point, and lets the point take their place.</summary>
    private void Displace(int lane, int pairs, List<(int List, G1Affine Point)> displaced)
    {
        var one = One;
        for (var bucket = lane; bucket < pairs * Layout.PairBuckets; bucket += Layout.PairBuckets)
        {
            var run = Words(bucket, Layout.Run);
            if (!ToFq(run).IsZero)
                continue;

            var x = ToFq(Words(bucket, Layout.X));
            displaced.Add((bucket, new(x, ToFq(Words(bucket, Layout.Y)) - ToFq(Words(bucket, Layout.Rise)))));
            for (var limb = 0; limb < KernelData.Limbs; limb++)
            {
                run[limb * Lanes] = one[limb];
            }

            Group(bucket)[Layout.Restarts] |= (byte)(1 << bucket % Lanes);
            _restarts.Add(bucket);
        }
    }

    private void ClearRestarts()
    {
        foreach (var bucket in _restarts)
        {
            Group(bucket)[Layout.Restarts] = 0;
        }

        _restarts.Clear();
    }

    private byte* Group(int bucket) => _state.Start + bucket / Lanes * (long)Layout.Group;

    /// <summary>The limbs of a bucket's lane, each eight words behind the one before.</summary>
    private Span<ulong> Words(int bucket, int part) => new((ulong*)(Group(bucket) + part) + bucket % Lanes, (KernelData.Limbs - 1) * Lanes + 1);

    private Span<ulong> DataWords(int offset) => new(_data.Start + offset, 2 * KernelData.Limbs * Lanes);

    private static ulong[] Limbs(BigInteger value) =>
        [.. Enumerable.Range(0, KernelData.Limbs).Select(i => (ulong)((value >> (KernelData.LimbBits * i)) & ((1UL << KernelData.LimbBits) - 1)))];

    /// <summary>The element whose Montgomery form for R = 2²⁵⁶ is a value in (−p, 8p) of signed limbs, the first of which a span begins with.</summary>
    private static Fq ToFq(ReadOnlySpan<ulong> limbs)
    {
        // With p added the value is positive and below 2²⁵⁷; what is above 2²⁵⁴ comes back as a multiple of 2²⁵⁴ mod p.
        BigInteger value = 0;
        for (var i = KernelData.Limbs - 1; i >= 0; i--)
        {
            value = (value << KernelData.LimbBits) + (long)limbs[i * Lanes];
        }

        value %= Fq.Modulus;
        if (value.Sign < 0)
            value += Fq.Modulus;

        Span<ulong> words = stackalloc ulong[4];
        for (var i = 0; i < words.Length; i++)
        {
            words[i] = (ulong)((value >> (64 * i)) & ulong.MaxValue);
        }

        return MemoryMarshal.Cast<ulong, Fq>(words)[0];
    }

    /// <summary>The element whose Montgomery form is a value in (−p, 4p) of signed limbs.</summary>
    private static Fq Read(ReadOnlySpan<ulong> limbs)
    {
        // p is added limb by limb, and carried by signed shifts. Then the value is below 5p < 2²⁵⁶.
        var t0 = limbs[0] + Prime[0];
        var t1 = limbs[Lanes] + Prime[1] + (ulong)((long)t0 >> 52);
        var t2 = limbs[2 * Lanes] + Prime[2] + (ulong)((long)t1 >> 52);
        var t3 = limbs[3 * Lanes] + Prime[3] + (ulong)((long)t2 >> 52);
        var t4 = limbs[4 * Lanes] + Prime[4] + (ulong)((long)t3 >> 52);
        const ulong mask = (1UL << KernelData.LimbBits) - 1;
        (t0, t1, t2, t3) = (t0 & mask, t1 & mask, t2 & mask, t3 & mask);
        ReadOnlySpan<ulong> words = [t0 | t1 << 52, t1 >> 12 | t2 << 40, t2 >> 24 | t3 << 28, t3 >> 36 | t4 << 16];

        // A product with 1 is below 2p whatever its other factor below 2²⁵⁶, and comes out reduced.
        return MemoryMarshal.Cast<ulong, Fq>(words)[0] * Fq.One;
    }

    /// <summary>The limbs of an element's Montgomery form.</summary>
    private static void Write(Span<ulong> limbs, Fq value)
    {
        var words = MemoryMarshal.Cast<Fq, ulong>(MemoryMarshal.CreateReadOnlySpan(ref value, 1));
        const ulong mask = (1UL << KernelData.LimbBits) - 1;
        limbs[0] = words[0] & mask;
        limbs[Lanes] = (words[0] >> 52 | words[1] << 12) & mask;
        limbs[2 * Lanes] = (words[1] >> 40 | words[2] << 24) & mask;
        limbs[3 * Lanes] = (words[2] >> 28 | words[3] << 36) & mask;
        limbs[4 * Lanes] = words[3] >> 16;
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct Arguments
    {
        public byte* State;
        public uint* Indices;
        public G1Affine* Bases;
        public uint* Ahead;
        public byte* Data;
        public long Pairs;
        public long StateStep;
        public long IndexStep;
    }
}
