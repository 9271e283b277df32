namespace Prover.Primitives;

/// <summary>The round constants and the mixing matrix of Poseidon over Fr for one width.</summary>
/// <remarks>x⁵, 8 full rounds, and circomlib's numbers of partial rounds; equal to circomlib's tables.</remarks>
public sealed class PoseidonConstants
{
    /// <summary>Rounds in which every element passes the S-box; half of them at each end.</summary>
    public const int FullRounds = 8;

    /// <summary>Smallest width t: one input.</summary>
    public const int MinimumWidth = 2;

    /// <summary>Greatest width t: sixteen inputs.</summary>
    public const int MaximumWidth = 17;

    /// <summary>Partial rounds for t = 2 … 17 (circomlib, poseidon.circom).</summary>
    private static readonly int[] PartialRoundCounts = [56, 57, 56, 60, 60, 63, 64, 63, 60, 66, 60, 65, 70, 60, 64, 68];

    private static readonly Lazy<PoseidonConstants>[] ByWidth =
        [.. Enumerable.Range(MinimumWidth, MaximumWidth - MinimumWidth + 1).Select(width => new Lazy<PoseidonConstants>(() => new(width)))];

    private PoseidonConstants(int width)
    {
        Width = width;
        PartialRounds = PartialRoundCounts[width - MinimumWidth];
        var grain = new GrainGenerator(width, FullRounds, PartialRounds);
        RoundConstants = new Fr[width * (FullRounds + PartialRounds)];
        for (var i = 0; i < RoundConstants.Length; i++)
        {
            RoundConstants[i] = grain.NextBelowModulus();
        }

        Matrix = Cauchy(grain, width);
        Partial = new(() => PoseidonPartialRounds.Derive(this));
    }

    /// <summary>The width t: elements of the state.</summary>
    public int Width { get; }

    /// <summary>Rounds in which only the first element passes the S-box.</summary>
    public int PartialRounds { get; }

    /// <summary>t constants for each round, in order.</summary>
    public Fr[] RoundConstants { get; }

    /// <summary>The t × t mixing matrix by rows.</summary>
    public Fr[] Matrix { get; }

    /// <summary>The partial rounds in their sparse form, derived when first needed.</summary>
    public Lazy<PoseidonPartialRounds> Partial { get; }

    /// <summary>The constants of a width from 2 to 17, derived once.</summary>
    public static PoseidonConstants ForWidth(int width)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, MinimumWidth);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(width, MaximumWidth);
        return ByWidth[width - MinimumWidth].Value;
    }

    /// <summary>1/(xᵢ + yⱼ) for 2t different numbers x and y whose sums are not zero.</summary>
    private static Fr[] Cauchy(GrainGenerator grain, int width)
    {
        while (true)
        {
            var numbers = new Fr[2 * width];
            for (var i = 0; i < numbers.Length; i++)
            {
                numbers[i] = grain.NextReduced();
            }

            var matrix = new Fr[width * width];
            for (var i = 0; i < matrix.Length; i++)
            {
                matrix[i] = numbers[i / width] + numbers[width + (i % width)];
            }

            if (numbers.Distinct().Count() == numbers.Length && !matrix.Any(entry => entry.IsZero))
            {
                Fr.InvertAll(matrix);
                return matrix;
            }
        }
    }
}
