using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Prover.Algebra;

namespace Prover.Backends.Cpu.Ifma;

/// <summary>What becomes of a list whose next point has the same x as its sum, so that their chord has no slope.</summary>
/// <remarks>
/// <para>
/// If the two are equal, the operands are replaced by others of which the passes make the double. They take λ = Rise/Run, x₃ = λ² + Run − 2·X and
/// y₃ = λ·(X − x₃) − Y, which with the tangent's λ = 3x²/2y are λ² − 2x and λ·(x − x₃) − y for
/// </para>
/// <code>
/// Run = 4y    Rise = 6x²    X = x + 2y    Y = y + 3x²         since λ·2y = 3x²
/// </code>
/// <para>
/// If they are negatives of each other, the list is empty: its state goes on from the point as if the sum had been given up, and in the next round from that
/// round's point. Either way the work is done here and now, so that points chosen by an adversary cost little more than others.
/// </para>
/// </remarks>
internal abstract unsafe partial class BucketTile<TField, TCurve>
{
    private readonly List<int> _restarts = [];
    private readonly List<int> _emptyLists = [];
    private readonly bool[] _isEmpty;

    /// <summary>Where in the state of eight lists that lie side by side their denominators, which the products are of, lie.</summary>
    protected abstract int Denominators { get; }

    /// <summary>Where in the state of eight lists the bits of those that restart lie.</summary>
    protected abstract int Restarts { get; }

    /// <summary>Whether a list's latest point, of the same x as its sum, has the same y too.</summary>
    /// <param name="eight">State of the list and its neighbours.</param>
    /// <param name="lane">Which of the eight it is.</param>
    protected abstract bool IsLevel(byte* eight, int lane);

    /// <summary>Replaces a list's operands by those that make twice the point, whose y is not zero.</summary>
    protected abstract void BeginDoubling(byte* eight, int lane, in AffinePoint<TField, TCurve> point);

    /// <summary>The words of one element in the state of eight lists.</summary>
    protected static Span<ulong> Element(byte* eight, int part, int lane) => new((ulong*)(eight + part) + lane, LaneElement.Span);

    private byte* StateOfEight(int eight) => _state.Start + eight * (long)(_groupBytes / (GroupLists / LaneElement.Lanes));

    private void ForgetEmptyLists()
    {
        _emptyLists.Clear();
        _isEmpty.AsSpan().Clear();
    }

    /// <summary>Lists that are empty after their last round have the sum infinity.</summary>
    private void NoteEmptyLists()
    {
        foreach (var list in _emptyLists)
        {
            _isEmpty[list] = true;
        }
    }

    /// <summary>Lets empty lists among so many groups go on from their latest points alone.</summary>
    private void RestartEmptyLists(int groups)
    {
        var kept = 0;
        var lists = CollectionsMarshal.AsSpan(_emptyLists);
        foreach (var list in lists)
        {
            if (list < groups * GroupLists)
                Restart(list);
            else
                lists[kept++] = list;
        }

        _emptyLists.RemoveRange(kept, lists.Length - kept);
    }

    /// <summary>Makes zero denominators of the lists in so many groups something else.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void ReplaceZeros(int groups, AffinePoint<TField, TCurve>* bases, uint* latest)
    {
        for (var eight = 0; eight < groups * GroupLists / LaneElement.Lanes; eight++)
        {
            var state = StateOfEight(eight);
            var candidates = LaneElement.PossibleZeros(Vector512.Load((ulong*)(state + Denominators)));
            for (; candidates != 0; candidates &= candidates - 1)
            {
                var lane = BitOperations.TrailingZeroCount(candidates);
                if (LaneElement.IsZero(Element(state, Denominators, lane)))
                    ReplaceZero(state, eight, lane, bases, latest[eight * LaneElement.Lanes + lane]);
            }
        }
    }

    private void ReplaceZero(byte* state, int eight, int lane, AffinePoint<TField, TCurve>* bases, uint index)
    {
        // A list that restarts has no sum that its point could meet.
        var restarts = (state[Restarts] >> lane & 1) != 0;
        var point = bases[index & int.MaxValue];
        if (!restarts && !point.Y.IsZero && IsLevel(state, lane))
        {
            BeginDoubling(state, lane, (int)index < 0 ? -point : point);
            return;
        }

        LaneElement.WriteOne(Element(state, Denominators, lane));
        if (restarts)
            return;

        var list = eight * LaneElement.Lanes + lane;
        Restart(list);
        _emptyLists.Add(list);
    }

    private void Restart(int list)
    {
        StateOfEight(list / LaneElement.Lanes)[Restarts] |= (byte)(1 << list % LaneElement.Lanes);
        _restarts.Add(list);
    }

    private void ClearRestarts()
    {
        foreach (var list in _restarts)
        {
            StateOfEight(list / LaneElement.Lanes)[Restarts] = 0;
        }

        _restarts.Clear();
    }
}
