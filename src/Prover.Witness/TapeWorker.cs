using Prover.Algebra;

namespace Prover.Witness;

/// <summary>What one thread needs to execute a tape.</summary>
internal sealed class TapeWorker(WitnessTape tape, Fr[] slots, TapeCoefficients coefficients)
{
    private readonly InversionBatch _batch = new();
    private readonly FrLanes? _lanes = coefficients.Spread.Length > 0 ? new() : null;

    /// <summary>Executes instructions of one level and returns the least requirement that fails, or the greatest integer.</summary>
    public int Run(int start, int end) => new TapeInterpreter(tape, slots, coefficients, _batch, _lanes).Run(start, end);
}
