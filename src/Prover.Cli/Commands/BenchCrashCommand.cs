using System.CommandLine;
using System.Diagnostics;
using Prover.BatchGenerator;
using Prover.Bench.Plots;
using Prover.Margin;
using Prover.Pipeline;
using Prover.Witness;

namespace Prover.Cli;

/// <summary><c>bench crash</c>.</summary>
internal static class BenchCrashCommand
{
    private const long Time = 1_764_000_000;

    private static readonly Option<int> Traders = new Option<int>("--traders") { Description = "How many accounts with positions; an even number.", DefaultValueFactory = _ => 20_000 }.RequireRange(2, 1 << 20);

    private static readonly Option<int> Fall = new Option<int>("--fall") { Description = "By how many percent every price falls.", DefaultValueFactory = _ => 50 }.RequireRange(1, 99);

    private static readonly Option<int> Proofs = new Option<int>("--proofs") { Description = "How many of the batches are proved, the first that resolves something and others as the work goes on; of all others the witness is checked against every row.", DefaultValueFactory = _ => 1 }.RequireRange(0, 1000);

    private static readonly Option<int> Seed = new("--seed") { Description = "The same seed gives the same exchange.", DefaultValueFactory = _ => 1 };

    private static readonly Option<string?> Output = new("--output", "-o") { Description = "Where to draw the accounts' risk before, during and after: NAME.png and NAME.svg." };

    public static Command Create(Terminal terminal)
    {
        var command = new Command(
            "crash",
            """
            Drill a crash: on a generated exchange every price falls in one tick; then batches liquidate, take over and deleverage until every account has its
            maintenance margin, or nothing helps any more (exit code 1).

            Each batch's witness is computed and checked against every row of the circuit, and some batches are proved. At the end what accounts and house
            claim must be what it was before, and sizes must cancel in every market. The chart shows how many accounts stand where between debt and safety.
            Example: prover bench crash --traders 20000 -o crash
            """)
        {
            Traders, Fall, Proofs, Seed, Output, CommonOptions.Device, CommonOptions.CpuPath,
        };
        command.SetAction((parsed, cancellation) => Task.FromResult(Run(terminal, parsed, cancellation)));
        return command;
    }

    private static int Run(Terminal terminal, ParseResult parsed, CancellationToken cancellation)
    {
        var (traders, fall, proofs, output) = (parsed.GetRequiredValue(Traders), parsed.GetRequiredValue(Fall), parsed.GetRequiredValue(Proofs), parsed.GetValue(Output));
        if (traders % 2 != 0)
            throw new UsageException($"--traders {traders}: traders come in pairs, one long and one short.");

        if (output is not null)
            Arguments.RequireOutputs(inputs: [], output + ".png", output + ".svg");

        var (watch, exchange, shape) = (Stopwatch.StartNew(), new Exchange("crash"), CrashBook.ShapeFor(traders));
        var book = CrashBook.Compose(exchange, shape, traders, Time, parsed.GetRequiredValue(Seed));
        var drill = new CrashDrill(exchange, shape, book, Time, fall * (Limits.Million / 100));
        var circuit = BatchCircuit.Compile(CircuitsFolder.Find(), shape, CacheFolder.Default, out _);
        terminal.Note($"{traders:N0} traders, {circuit.R1cs.ConstraintCount:N0} constraints a batch, after {watch.Elapsed.TotalSeconds:0} s");
        using var devices = Devices.Open(parsed.GetRequiredValue(CommonOptions.Device), CommonOptions.NamedCpuPath(parsed), terminal);
        var record = new CrashRecord(traders, fall, circuit.R1cs.ConstraintCount, book, drill.Ledger);

        record.Ladders.Add(("before", Ladder()));
        Check(drill.Fall());
        record.Ladders.Add(("after the fall", Ladder()));
        var below = drill.Deficiencies.Count;
        while (drill.Next() is { } batch)
        {
            cancellation.ThrowIfCancellationRequested();
            if (batch.Progress == 0)
                break;

            Check(batch);
            var left = drill.Deficiencies.Count;
            if (record.Proofs.Count < proofs && (below - left) * (long)proofs >= below * (long)record.Proofs.Count)
                Prove(batch);
            if (record.Batches % 10 == 0)
                terminal.Note($"batch {record.Batches:N0}: {left:N0} of {below:N0} accounts below maintenance margin");
            if (record.Ladders.Count == 2 && left <= below / 2)
                record.Ladders.Add(($"after {record.Batches:N0} batches", Ladder()));
        }

        record.Ladders.Add(($"at the end, after {record.Batches:N0} batches", Ladder()));
        record.RequireConserved();
        var files = output is null ? [] : LadderFigure.Write(
            (
                $"{traders:N0} accounts, all prices {fall} % down in one tick",
                $"{record.Batches:N0} batches: {record.Liquidations:N0} liquidations, {record.TakeOvers:N0} take-overs, {record.Deleverages:N0} deleveragings",
                "worth of an account, in multiples of its maintenance margin",
                "accounts"),
            RiskLadder.Steps,
            [.. record.Ladders.Select(ladder => (ladder.Name, (IReadOnlyList<int>)ladder.Ladder.Counts))],
            output);
        var unresolved = drill.Deficiencies;
        record.Write(terminal, below, unresolved, watch.Elapsed, files);
        return unresolved.Count == 0 ? ExitCode.Success : ExitCode.NegativeVerdict;

        RiskLadder Ladder() => RiskLadder.Of(drill.Ledger.Accounts.Values, drill.Ledger.Markets);

        void Check(DrillBatch batch)
        {
            var solving = Stopwatch.StartNew();
            var witness = BatchCircuit.Solve(circuit, batch.Result);
            record.WitnessSeconds += solving.Elapsed.TotalSeconds;
            if (circuit.R1cs.FindViolation(witness) is { } violation)
                throw new InvalidOperationException($"Batch {batch.Batch.Number}: {circuit.Describe(violation)}");

            record.Count(batch);
        }

        void Prove(DrillBatch batch)
        {
            var proof = terminal.WithProgress(progress => new BatchPipeline(CircuitsFolder.Find(), CacheFolder.Default).Prove(batch.Batch, devices, progress, cancellation));
            record.Proofs.Add(proof.Stages.Single(stage => stage.Name == "prove").Elapsed.TotalSeconds);
        }
    }
}
