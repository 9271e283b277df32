using System.Runtime.CompilerServices;
using Prover.Algebra;

namespace Prover.Backends.Cpu.Lanes;

/// <summary>Additions of affine points four at a time; the formulas are those of <see cref="AffineAddition{TField, TCurve}"/>.</summary>
/// <remarks>
/// Denominators are inverted together in each lane by the products of their norms, then the four lanes' products. Four pairs with a
/// special case among them get their denominators and sums from the scalar formulas, and only their inverses here.
/// Values stay below the 168p that lanes hold. Differences of elements in memory are below 64p; their norms, which are themselves in G1, are
/// below 2·64²/168 + 1 &lt; 50p in G2, so the running products and the inverses of norms below 64·2/168 + 1 &lt; 2p, inverses at most 8p,
/// slopes below 64·16/168 + 1 &lt; 8p, λ² below 5p and x₃ below 69p; 2x₁ + x₂ − λ² is below 128p, its product with λ below
/// 128·16/168 + 1 &lt; 14p and y₃ below 46p.
/// </remarks>
internal sealed class LaneAddition<TField, TCurve, TLanes> : INeighbourAddition<TField, TCurve>
    where TField : struct, IField<TField>
    where TCurve : struct, ICurve<TField>
    where TLanes : struct, ILanes<TLanes, TField>
{
    private const int Width = 4;
    private const int LongestBatch = 256 * Width;

    private readonly TLanes[] _denominators = new TLanes[LongestBatch / Width];
    private readonly FieldLanes<BaseModulus>[] _prefixes = new FieldLanes<BaseModulus>[LongestBatch / Width];
    private readonly bool[] _isSpecial = new bool[LongestBatch / Width];
    private readonly BatchInversion<Fq> _inversion = new(Width);

    /// <inheritdoc/>
    public void AddNeighbours(
        ReadOnlySpan<AffinePoint<TField, TCurve>> source,
        ReadOnlySpan<int> firsts,
        Span<AffinePoint<TField, TCurve>> target,
        ReadOnlySpan<int> targets)
    {
        for (var start = 0; start < firsts.Length; start += LongestBatch)
        {
            var count = Math.Min(LongestBatch, firsts.Length - start);
            AddBatch(source, firsts.Slice(start, count), target, targets.Slice(start, count));
        }
    }

    private void AddBatch(
        ReadOnlySpan<AffinePoint<TField, TCurve>> source,
        ReadOnlySpan<int> firsts,
        Span<AffinePoint<TField, TCurve>> target,
        ReadOnlySpan<int> targets)
    {
        FieldLanes<BaseModulus>.Load(Fq.One, Fq.One, Fq.One, Fq.One, out var running);
        var groups = (firsts.Length + Width - 1) / Width;
        for (var group = 0; group < groups; group++)
        {
            var pairs = firsts[(Width * group)..Math.Min(firsts.Length, Width * (group + 1))];
            ref var denominator = ref _denominators[group];
            _isSpecial[group] = HasSpecialCase(source, pairs);
            if (_isSpecial[group])
                LoadSpecialDenominators(source, pairs, out denominator);
            else
                LoadDenominators(source, pairs, out denominator);

            _prefixes[group] = running;
            TLanes.Norm(denominator, out var norm);
            FieldLanes<BaseModulus>.Multiply(running, norm, out running);
        }

        InvertLanes(ref running);
        for (var group = groups - 1; group >= 0; group--)
        {
            ref var denominator = ref _denominators[group];
            FieldLanes<BaseModulus>.Multiply(running, _prefixes[group], out var inverseNorm);
            TLanes.Norm(denominator, out var norm);
            FieldLanes<BaseModulus>.Multiply(running, norm, out running);
            TLanes.Invert(denominator, inverseNorm, out var inverse);

            var end = Math.Min(firsts.Length, Width * (group + 1));
            if (_isSpecial[group])
                AddSpecial(source, firsts[(Width * group)..end], inverse, target, targets[(Width * group)..end]);
            else
                Add(source, firsts[(Width * group)..end], inverse, target, targets[(Width * group)..end]);
        }
    }

    /// <summary>Whether fewer than four pairs are left, or one of them needs more than the formula of a sum of different points.</summary>
    private static bool HasSpecialCase(ReadOnlySpan<AffinePoint<TField, TCurve>> source, ReadOnlySpan<int> firsts)
    {
        if (firsts.Length < Width)
            return true;

        foreach (var first in firsts)
        {
            ref readonly var a = ref source[first];
            ref readonly var b = ref source[first + 1];
            if (a.X.Equals(b.X) || a.IsInfinity || b.IsInfinity)
                return true;
        }

        return false;
    }

    private static void LoadDenominators(ReadOnlySpan<AffinePoint<TField, TCurve>> source, ReadOnlySpan<int> firsts, out TLanes denominators)
    {
        TLanes.Load(source[firsts[0]].X, source[firsts[1]].X, source[firsts[2]].X, source[firsts[3]].X, out var x1);
        TLanes.Load(source[firsts[0] + 1].X, source[firsts[1] + 1].X, source[firsts[2] + 1].X, source[firsts[3] + 1].X, out var x2);
        TLanes.Subtract(x2, x1, out denominators);
    }

    private static void LoadSpecialDenominators(ReadOnlySpan<AffinePoint<TField, TCurve>> source, ReadOnlySpan<int> firsts, out TLanes denominators)
    {
        Span<TField> elements = [TField.One, TField.One, TField.One, TField.One];
        for (var i = 0; i < firsts.Length; i++)
        {
            elements[i] = AffineAddition<TField, TCurve>.Denominator(source[firsts[i]], source[firsts[i] + 1]);
        }

        TLanes.Load(elements[0], elements[1], elements[2], elements[3], out denominators);
    }

    private void InvertLanes(ref FieldLanes<BaseModulus> lanes)
    {
        Span<Fq> elements = stackalloc Fq[Width];
        FieldLanes<BaseModulus>.Store(lanes, out elements[0], out elements[1], out elements[2], out elements[3]);
        _inversion.Invert(elements);
        FieldLanes<BaseModulus>.Load(elements[0], elements[1], elements[2], elements[3], out lanes);
    }

    [SkipLocalsInit]
    private static void Add(
        ReadOnlySpan<AffinePoint<TField, TCurve>> source,
        ReadOnlySpan<int> firsts,
        in TLanes inverse,
        Span<AffinePoint<TField, TCurve>> target,
        ReadOnlySpan<int> targets)
    {
        ref readonly var a0 = ref source[firsts[0]];
        ref readonly var a1 = ref source[firsts[1]];
        ref readonly var a2 = ref source[firsts[2]];
        ref readonly var a3 = ref source[firsts[3]];
        ref readonly var b0 = ref source[firsts[0] + 1];
        ref readonly var b1 = ref source[firsts[1] + 1];
        ref readonly var b2 = ref source[firsts[2] + 1];
        ref readonly var b3 = ref source[firsts[3] + 1];
        TLanes.Load(a0.Y, a1.Y, a2.Y, a3.Y, out var y1);
        TLanes.Load(b0.Y, b1.Y, b2.Y, b3.Y, out var slope);
        TLanes.Subtract(slope, y1, out slope);
        TLanes.Multiply(slope, inverse, out slope);

        TLanes.Load(a0.X, a1.X, a2.X, a3.X, out var x1);
        TLanes.Load(b0.X, b1.X, b2.X, b3.X, out var x2);
        TLanes.Square(slope, out var square);
        TLanes.Subtract(square, x1, out var x3);
        TLanes.Subtract(x3, x2, out x3);

        // x₁ − x₃ = 2x₁ + x₂ − λ², in which only λ² is subtracted.
        TLanes.Add(x2, x1, out x2);
        TLanes.Add(x2, x1, out x2);
        TLanes.Subtract(x2, square, out x2);
        TLanes.Multiply(x2, slope, out var y3);
        TLanes.Subtract(y3, y1, out y3);

        TLanes.Store(x3, out var x30, out var x31, out var x32, out var x33);
        TLanes.Store(y3, out var y30, out var y31, out var y32, out var y33);
        target[targets[0]] = new(x30, y30);
        target[targets[1]] = new(x31, y31);
        target[targets[2]] = new(x32, y32);
        target[targets[3]] = new(x33, y33);
    }

    private static void AddSpecial(
        ReadOnlySpan<AffinePoint<TField, TCurve>> source,
        ReadOnlySpan<int> firsts,
        in TLanes inverse,
        Span<AffinePoint<TField, TCurve>> target,
        ReadOnlySpan<int> targets)
    {
        Span<TField> inverses = [TField.Zero, TField.Zero, TField.Zero, TField.Zero];
        TLanes.Store(inverse, out inverses[0], out inverses[1], out inverses[2], out inverses[3]);
        for (var i = 0; i < firsts.Length; i++)
        {
            AffineAddition<TField, TCurve>.Add(source[firsts[i]], source[firsts[i] + 1], inverses[i], out target[targets[i]]);
        }
    }
}
