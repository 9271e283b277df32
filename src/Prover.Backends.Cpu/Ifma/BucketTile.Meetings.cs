using System.Runtime.CompilerServices;
using Prover.Algebra;

namespace Prover.Backends.Cpu.Ifma;

/// <summary>What becomes of a list whose next point has the same x as its sum, so that their chord has no slope.</summary>
/// <remarks>
/// <para>
/// If the two are equal, the operands are replaced by others of which the passes make the double. They take λ = Rise/Run, x₃ = λ² + Run − 2·X and
/// y₃ = λ·(X − x₃) − Y, which with the tangent's λ = 3x²/2y are λ² − 2x and λ·(x − x₃) − y for
/// </para>
/// <code>
/// Run = 2y    Rise = 3x²    X = x + y    Y = y + 3x²/2         since λ·y = 3x²/2
/// </code>
/// <para>
/// If they are negatives of each other, the list is empty: its state goes on from the point as if the sum had been given up, and in the next round from that
/// round's point. Either way the work is done here and now, so that points chosen by an adversary cost little more than others.
/// </para>
/// </remarks>
internal abstract unsafe partial class BucketTile<TField, TCurve>
{
    /// <summary>For eight lists each, a bit for every one that is empty.</summary>
    private readonly byte[] _empty;

    /// <summary>Whether a list has been empty since the tile began.</summary>
    private bool _anyEmpty;

    /// <summary>Where in the state of eight lists that lie side by side their denominators, which the products are of, lie.</summary>
    protected abstract int Denominators { get; }

    /// <summary>Where in the state of eight lists the bits of those that restart lie.</summary>
    protected abstract int Restarts { get; }

    /// <summary>Where in the state of eight lists the bits of those lie that do not double their latest points.</summary>
    protected abstract int Kept { get; }

    /// <summary>Which of eight lists have a sum of the same y as their latest point, not zero: a bit for each.</summary>
    protected abstract uint Level(byte* eight);

    private int EightsOfGroup => GroupLists / LaneElement.Lanes;

    private byte* StateOfEight(int eight) => _state.Start + eight * (long)(_groupBytes / EightsOfGroup);

    private void ForgetEmptyLists()
    {
        if (_anyEmpty)
            _empty.AsSpan().Clear();

        _anyEmpty = false;
    }

    private bool IsEmpty(int list) => (_empty[list / LaneElement.Lanes] >> list % LaneElement.Lanes & 1) != 0;

    /// <summary>Lets empty lists in so many groups go on from their latest points alone.</summary>
    private void RestartEmptyLists(int groups)
    {
        if (!_anyEmpty)
            return;

        for (var eight = 0; eight < groups * EightsOfGroup; eight++)
        {
            StateOfEight(eight)[Restarts] = _empty[eight];
            _empty[eight] = 0;
        }
    }

    /// <summary>Makes zero denominators of the lists in so many groups something else.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void ReplaceZeros(int groups)
    {
        for (var group = 0; group < groups; group++)
        {
            var doubled = 0U;
            for (var eight = group * EightsOfGroup; eight < (group + 1) * EightsOfGroup; eight++)
            {
                doubled |= ReplaceZerosOfEight(eight);
            }

            if (doubled != 0)
                Run(_passes.Double, null, null, group, group + 1, upwards: true);
        }
    }

    /// <summary>Empties lists whose points are negatives of their sums, and marks those that are to double theirs: these it returns.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private uint ReplaceZerosOfEight(int eight)
    {
        var state = StateOfEight(eight);
        state[Kept] = byte.MaxValue;
        var zeros = LaneElement.Zeros((ulong*)(state + Denominators));
        if (zeros == 0)
            return 0;

        // A list that restarts has no sum that its point could meet.
        uint restarts = state[Restarts];
        var doubled = zeros & ~restarts & Level(state);
        state[Kept] = (byte)~doubled;
        var others = zeros & ~doubled;
        if (others == 0)
            return doubled;

        LaneElement.WriteOnes((ulong*)(state + Denominators), others);
        state[Restarts] = (byte)(restarts | others);
        _empty[eight] = (byte)(others & ~restarts);
        _anyEmpty = true;
        return doubled;
    }

    /// <summary>Lists of so many groups, of which some may have restarted, go on from their sums.</summary>
    private void ClearRestarts(int groups)
    {
        if (!_anyEmpty)
            return;

        for (var eight = 0; eight < groups * EightsOfGroup; eight++)
        {
            StateOfEight(eight)[Restarts] = 0;
        }
    }
}
