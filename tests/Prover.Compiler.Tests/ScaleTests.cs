using System.Diagnostics;
using System.Numerics;
using Prover.Language;

namespace Prover.Compiler.Tests;

/// <summary>A circuit of the size of a batch: chains of a permutation with Poseidon's shape (t = 3, 8 full and 57 partial rounds).</summary>
public class ScaleTests(ITestOutputHelper output)
{
    private static readonly Fr[][] Matrix = [.. Enumerable.Range(0, 3).Select(i => Enumerable.Range(0, 3).Select(j => ((Fr)(i + j + 5)).Invert()).ToArray())];

    [Theory]
    [InlineData(100)]
    public void Builds_and_solves(int hashes)
    {
        var clock = Stopwatch.StartNew();
        var before = GC.GetAllocatedBytesForCurrentThread();
        var builder = new CircuitBuilder();
        var first = builder.Input("x", false, null);
        var chain = first;
        for (var i = 0; i < hashes; i++)
        {
            chain = Permute(builder, [builder.Constant(Fr.Zero), chain, builder.Constant((Fr)i)])[0];
        }

        builder.RequireEqual(chain, builder.Input("y", true, null), GadgetCircuit.Info("hash"));
        var built = clock.Elapsed;
        var circuit = builder.Build("chain");
        output.WriteLine($"built {built.TotalSeconds:F2} s, emitted {(clock.Elapsed - built).TotalSeconds:F2} s, " +
            $"{circuit.R1cs.ConstraintCount:N0} rows, {circuit.R1cs.A.TermCount + circuit.R1cs.B.TermCount + circuit.R1cs.C.TermCount:N0} terms, " +
            $"tape {circuit.Tape.Instructions.Length:N0} instructions, {circuit.Tape.Linear.TermCount:N0} terms, " +
            $"allocated {(GC.GetAllocatedBytesForCurrentThread() - before) >> 20} MiB, live {GC.GetTotalMemory(true) >> 20} MiB");

        Fr[] state = [];
        Fr value = 42;
        for (var i = 0; i < hashes; i++)
        {
            state = Permute([Fr.Zero, value, i]);
            value = state[0];
        }

        clock.Restart();
        var solved = circuit.Tape.Solve([value, 42]);
        output.WriteLine($"solved {clock.Elapsed.TotalMilliseconds:F0} ms");
        clock.Restart();
        Assert.Null(circuit.R1cs.FindViolation(solved.RequireAssignment()));
        output.WriteLine($"checked {clock.Elapsed.TotalMilliseconds:F0} ms");
        Assert.NotNull(circuit.Tape.Solve([value + Fr.One, 42]).Failure);

        // Constants fold into the first round, whose input has one variable: 3·(2·3 + 57 + 2·3) rows less those of two constants. The last product's row says what the output is.
        Assert.Equal((hashes * 3 * (57 + 24)) - (hashes * 6), circuit.R1cs.ConstraintCount);
    }

    private static Signal[] Permute(CircuitBuilder builder, Signal[] state)
    {
        for (var round = 0; round < 65; round++)
        {
            var boxed = state.Select((x, i) => builder.Add(x, builder.Constant((Fr)((7 * round) + i)))).ToArray();
            for (var i = 0; i < (round is < 4 or >= 61 ? 3 : 1); i++)
            {
                var square = builder.Multiply(boxed[i], boxed[i]);
                boxed[i] = builder.Multiply(builder.Multiply(square, square), boxed[i]);
            }

            state = [.. Matrix.Select(row => builder.Sum([.. row.Select((m, j) => builder.Multiply(builder.Constant(m), boxed[j]))]))];
        }

        return state;
    }

    private static Fr[] Permute(Fr[] state)
    {
        for (var round = 0; round < 65; round++)
        {
            var boxed = state.Select((x, i) => x + (Fr)((7 * round) + i)).ToArray();
            for (var i = 0; i < (round is < 4 or >= 61 ? 3 : 1); i++)
            {
                boxed[i] = boxed[i].Square().Square() * boxed[i];
            }

            state = [.. Matrix.Select(row => row.Select((m, j) => m * boxed[j]).Aggregate((x, y) => x + y))];
        }

        return state;
    }
}
