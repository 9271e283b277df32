using System.CommandLine;
using Prover.Compiler;
using Prover.Formats;
using Prover.Groth16;
using Prover.Witness;

namespace Prover.Cli;

/// <summary><c>witness --circuit DIR --input F.json -o F.wtns</c>.</summary>
internal static class WitnessCommand
{
    public static Command Create(Terminal terminal)
    {
        var circuit = new Option<string>("--circuit", "-c") { Description = "The folder that 'prover compile' wrote to, or the .compiled file in it.", Required = true };
        var input = new Option<string>("--input", "-i") { Description = "The rule's parameters as JSON, without the digest of hashed ones, and of states their leaves; dec values are numbers or strings in scale, such as \"20999.5\".", Required = true };
        var output = Arguments.Output("Where to write the .wtns.");
        var command = new Command(
            "witness",
            """
            Compute the value of every wire from a rule's inputs.

            Inputs that a requirement refuses have no witness: the command prints the requirement with its numbers and exits with 1. If the
            source is where it was compiled from, and compiles to the same circuit, it also shows what was compared, and the largest terms.
            Example: prover witness --circuit build --input account.json -o account.wtns
            """)
        {
            circuit, input, output,
        };
        command.SetAction(parsed => Run(terminal, parsed.GetRequiredValue(circuit), parsed.GetRequiredValue(input), parsed.GetRequiredValue(output)));
        return command;
    }

    private static int Run(Terminal terminal, string circuitPath, string inputPath, string output)
    {
        Arguments.RequireOutputs(inputs: [circuitPath, inputPath], output);
        var circuit = CompiledCircuits.Read(circuitPath);
        var (inputs, states) = ReadInputs(circuit, inputPath);
        var result = circuit.Tape.Solve(inputs);
        if (result.Failure is { } failure)
        {
            Explain(terminal, circuit, inputs, states, failure, File.GetLastWriteTimeUtc(CompiledCircuits.FileOf(circuitPath)));
            return ExitCode.NegativeVerdict;
        }

        var assignment = result.RequireAssignment();
        if (circuit.R1cs.FindViolation(assignment) is { } violation)
        {
            throw new UnsatisfiedConstraintException($"{circuitPath}: the computed witness violates the circuit: {circuit.Describe(violation)}");
        }

        WtnsFile.Write(output, assignment);
        terminal.WriteReport(
            output,
            new
            {
                accepted = true,
                path = output,
                rule = circuit.Name,
                wires = assignment.Length,
                digest = InputDigest.Of(circuit.Inputs, inputs)?.ToString(),
                states = ForJson(states),
            },
            [
                ("rule", circuit.Name),
                ("wires", $"{assignment.Length:N0}"),
                ("constraints", $"{circuit.R1cs.ConstraintCount:N0}, all satisfied"),
                .. InputDigest.Of(circuit.Inputs, inputs) is { } digest ? [(InputDigest.Name, digest.ToString())] : Array.Empty<(string, string)>(),
                .. states.SelectMany(state => new[] { ($"{state.Name}.root", $"{state.Before}"), ($"{state.Name}, last root", $"{state.After}") }),
            ]);
        return ExitCode.Success;
    }

    private static void Explain(Terminal terminal, CompiledCircuit circuit, Fr[] inputs, IReadOnlyList<StateRoots> states, RequirementFailure failure, DateTime compiled)
    {
        var rows = FailedRows.Of(circuit, inputs, failure);
        var explanation = RequirementExplanation.Of(circuit, inputs, failure);
        var place = rows is null ? "" : $"   {rows}";
        var excerpt = SourceExcerpt.Of(failure.Location, compiled) is { } line ? $"\n{line.TrimEnd('\n')}" : "";
        terminal.Note($"{failure}{place}{excerpt}{(explanation is null ? "" : $"\n{explanation}")}");
        foreach (var state in states)
        {
            terminal.Note($"{state.Name}.root is {state.Before}, the last root that the rule makes of it {state.After}");
        }

        if (terminal.Json)
        {
            terminal.WriteJson(new { accepted = false, failure.Message, failure.Location, failure.Rule, firstRow = rows?.First, lastRow = rows?.Last, explanation, states = ForJson(states) });
        }
    }

    private static object ForJson(IReadOnlyList<StateRoots> states) => states.Select(state => new { state.Name, root = $"{state.Before}", lastRoot = $"{state.After}" });

    private static (Fr[] Values, IReadOnlyList<StateRoots> States) ReadInputs(CompiledCircuit circuit, string path)
    {
        try
        {
            return InputReader.ReadWithStates(circuit, File.ReadAllText(path));
        }
        catch (InputException error)
        {
            throw new InputException($"{path}: {error.Message}", error);
        }
    }
}
