using System.Numerics;

namespace Prover.Backends;

/// <summary>Scans of long lists of indices.</summary>
public static class Indices
{
    /// <summary>The greatest of them, as unsigned numbers, of which negative ones are the greatest; 0 if there are none.</summary>
    public static uint Greatest(ReadOnlySpan<uint> indices)
    {
        var lanes = Vector<uint>.Zero;
        var done = 0;
        for (; done <= indices.Length - Vector<uint>.Count; done += Vector<uint>.Count)
        {
            lanes = Vector.Max(lanes, new Vector<uint>(indices[done..]));
        }

        var greatest = 0u;
        for (var lane = 0; lane < Vector<uint>.Count; lane++)
        {
            greatest = Math.Max(greatest, lanes[lane]);
        }

        foreach (var index in indices[done..])
        {
            greatest = Math.Max(greatest, index);
        }

        return greatest;
    }
}
