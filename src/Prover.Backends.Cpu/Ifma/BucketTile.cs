using System.Runtime.CompilerServices;
using Prover.Algebra;

namespace Prover.Backends.Cpu.Ifma;

/// <summary>Some thousand lists of points, added up in rounds: what tiles of G1 and G2 have in common.</summary>
/// <remarks>
/// A round adds every list's next point at once, with one inversion for all (Montgomery's trick). Passes take turns upwards and downwards, since the
/// inverse is shared out in the order opposite to that in which denominators were collected; each pass finishes one round and begins the next.
/// Groups with more rounds come first, so that each round has a run of groups from the first on.
/// </remarks>
internal abstract unsafe partial class BucketTile<TField, TCurve> : ITile<TField, TCurve>
    where TField : unmanaged, IField<TField>
    where TCurve : struct, ICurve<TField>
{
    private static readonly Fq Scale = Fq.FromUInt64(64);

    private readonly TileCode _passes;
    private readonly NativeBlock _data;
    private readonly NativeBlock _state;
    private readonly int _groupBytes;

    /// <param name="passes">The code.</param>
    /// <param name="groups">How many groups fit.</param>
    /// <param name="groupLists">Lists of a group.</param>
    /// <param name="groupBytes">Bytes of a group's state.</param>
    protected BucketTile(TileCode passes, int groups, int groupLists, int groupBytes)
    {
        (_passes, Groups, GroupLists, _groupBytes) = (passes, groups, groupLists, groupBytes);
        _data = passes.NewData();
        _state = new NativeBlock(groups * groupBytes);
        _empty = new byte[groups * groupLists / LaneElement.Lanes];
    }

    /// <inheritdoc/>
    public int Groups { get; }

    /// <inheritdoc/>
    public int GroupLists { get; }

    /// <inheritdoc/>
    public abstract int Lookahead { get; }

    /// <summary>This thread's constants and scratch space.</summary>
    protected byte* Data => _data.Start;

    /// <inheritdoc/>
    public void Sum(AffinePoint<TField, TCurve>* bases, uint* indices, int stride, ReadOnlySpan<int> active)
    {
        ForgetEmptyLists();
        if (active.IsEmpty || active[0] == 0)
            return;

        Run(_passes.First, bases, indices, 0, active[0], upwards: true);
        var upwards = true;
        var pending = 0;
        for (var round = 1; round < active.Length; round++)
        {
            indices += stride;
            var groups = active[round];
            if (round == 1)
            {
                ResetProducts();
                Run(_passes.Collect, bases, indices, 0, groups, upwards: true);
            }
            else
            {
                Invert(pending, upwards);
                upwards = !upwards;
                ResetProducts();
                if (!upwards)
                    Run(_passes.Finish, bases, indices, groups, pending, upwards);

                Run(_passes.Round, bases, indices, 0, groups, upwards);
                if (upwards)
                    Run(_passes.Finish, bases, indices, groups, pending, upwards);

                ClearRestarts(pending);
            }

            pending = groups;
        }

        if (pending > 0)
        {
            Invert(pending, upwards);
            Run(_passes.Finish, bases, indices, 0, pending, !upwards);
            ClearRestarts(pending);
        }
    }

    /// <inheritdoc/>
    public void ReadSums(int group, Span<AffinePoint<TField, TCurve>> sums)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(sums.Length, GroupLists);
        ReadPoints(group, sums);
        for (var i = 0; i < sums.Length; i++)
        {
            if (IsEmpty(group * GroupLists + i))
                sums[i] = AffinePoint<TField, TCurve>.Infinity;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _data.Dispose();
        _state.Dispose();
    }

    /// <summary>Sets the products of denominators to 1.</summary>
    protected abstract void ResetProducts();

    /// <summary>Reads the latest points of a group's lists.</summary>
    protected abstract void ReadPoints(int group, Span<AffinePoint<TField, TCurve>> points);

    /// <summary>A group's state.</summary>
    protected byte* StateOf(int group) => _state.Start + group * (long)_groupBytes;

    /// <summary>Runs a pass over the groups [from, to), in one direction or the other.</summary>
    private void Run(delegate* unmanaged<void*, void> pass, AffinePoint<TField, TCurve>* bases, uint* indices, int from, int to, bool upwards)
    {
        if (from >= to)
            return;

        var first = upwards ? from : to - 1;
        var (step, indexStep) = upwards ? (_groupBytes, GroupLists) : (-_groupBytes, -GroupLists);
        var arguments = new PassArguments
        {
            State = StateOf(first),
            Indices = indices + first * GroupLists,
            Bases = bases,
            Ahead = indices + first * GroupLists + Lookahead * indexStep,
            Data = _data.Start,
            Groups = to - from,
            StateStep = step,
            IndexStep = indexStep * sizeof(uint),
        };
        pass(&arguments);
    }

    /// <summary>Replaces the products, lane by lane, by a quarter of their inverses, after replacing denominators that are zero.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Invert(int groups, bool upwards)
    {
        RestartEmptyLists(groups);
        var total = Fold();
        if (total.IsZero)
        {
            ReplaceZeros(groups);
            ResetProducts();
            Run(_passes.Chain, null, null, 0, groups, upwards);
            total = Fold();
        }

        // A kernel's v·2²⁶⁰ is 16v to Fq, whose inverse 1/16v times 64 is 4/v, which the kernel reads as 1/4v.
        LaneElement.Write(new Span<ulong>(Data + _passes.Inversion.Seed, KernelData.Limbs), total.InvertNonZero() * Scale, stride: 1);
        _passes.Inversion.Share(Data);
    }

    /// <summary>The product of all denominators, 16 times what it is to the kernels.</summary>
    private Fq Fold()
    {
        _passes.Inversion.Fold(Data);
        return LaneElement.Read(new Span<ulong>(Data + _passes.Inversion.Total, LaneElement.Span));
    }
}
