using Prover.Constraints;
using Prover.Groth16;
using Prover.Margin;
using Prover.Witness;

namespace Prover.Pipeline;

/// <summary>The circuits of batches and their witnesses.</summary>
public static class BatchCircuit
{
    /// <summary>The circuit of a shape, compiled or found compiled.</summary>
    /// <param name="circuitsFolder">The folder of the rules' sources.</param>
    /// <param name="shape">The shape.</param>
    /// <param name="cache">Keeps compiled circuits.</param>
    /// <param name="isCached">Whether it had been compiled before.</param>
    /// <exception cref="CompilationException">The circuit does not compile.</exception>
    public static CompiledCircuit Compile(string circuitsFolder, BatchShape shape, CacheFolder cache, out bool isCached) =>
        new CircuitCache(cache).Get(Path.Combine(circuitsFolder, "rollup", "batch.circuit"), shape.RuleName, out isCached);

    /// <summary>The value of every wire for a batch that the executor has accepted.</summary>
    /// <exception cref="InvalidProofException">Executor and circuit disagree, which is a fault of this program.</exception>
    public static Fr[] Solve(CompiledCircuit circuit, BatchResult result)
    {
        var solved = circuit.Tape.Solve(result.Inputs.InOrder(circuit));
        return solved.Assignment ?? throw new InvalidProofException($"The executor accepted the batch and the circuit refused it: {solved.Failure}");
    }
}
