using Prover.Testing;
using Prover.Witness;

namespace Prover.Compiler.Tests;

/// <summary>A tape long enough to be shared among threads.</summary>
public class TapeThreadsTests
{
    private static readonly CompiledCircuit Circuit =
        CircuitCompiler.Compile(Repository.PathOf("tests", "Prover.Compiler.Tests", "Semantics", "hashes.circuit"), "hashes<250>").Circuit!;

    [Fact]
    public void Threads_agree_with_the_rows_time_after_time()
    {
        Assert.InRange(Circuit.Tape.Instructions.Length, 1 << 16, int.MaxValue);
        var inputs = Inputs();
        var first = Circuit.Tape.Solve(inputs).RequireAssignment();
        Assert.Null(Circuit.R1cs.FindViolation(first));
        for (var run = 0; run < 20; run++)
        {
            Assert.Equal(first, Circuit.Tape.Solve(inputs).RequireAssignment());
        }
    }

    [Fact]
    public void The_first_failure_is_named_whichever_thread_finds_it()
    {
        var inputs = Inputs();
        inputs[150] = inputs[20] = -Fr.One;
        for (var run = 0; run < 20; run++)
        {
            Assert.Equal("input 20 is minus one", Circuit.Tape.Solve(inputs).Failure?.Message);
        }
    }

    private static Fr[] Inputs() => [.. Enumerable.Range(0, Circuit.Inputs.Count).Select(i => Fr.FromInteger(i + 5))];
}
