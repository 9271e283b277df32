using Prover.Chain;
using Prover.Formats;
using Prover.Margin;

namespace Prover.Cli;

/// <summary>What a text file is: one of snarkjs's JSON files, a batch, a list of names or calldata.</summary>
internal static class TextReport
{
    public static void Write(Terminal terminal, string path, FileKind kind)
    {
        switch (kind)
        {
            case FileKind.VerifyingKey:
                var key = VerifyingKeyFile.Read(path);
                Report(terminal, path, "verification_key", "verifying key (snarkjs)", ("public inputs", $"{key.PublicCount:N0}"));
                break;
            case FileKind.Proof:
                ProofFile.Read(path);
                Report(terminal, path, "proof", "Groth16 proof (snarkjs)", ("points", "on their curves and in their subgroups; says nothing of validity"));
                break;
            case FileKind.PublicInputs:
                var values = PublicInputsFile.Read(path);
                Report(terminal, path, "public", "public inputs (snarkjs)", [.. values.Select((value, i) => ($"[{i}]", value.ToString()))]);
                break;
            case FileKind.Batch:
                WriteBatch(terminal, path, BatchFile.Read(path));
                break;
            case FileKind.WireNames:
                Report(terminal, path, "sym", "names of wires (circom .sym)", ("named wires", $"{SymFile.Read(path).Count:N0}"));
                break;
            case FileKind.Calldata:
                WriteCalldata(terminal, path, File.ReadAllText(path).Trim());
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(kind), kind, "No text.");
        }
    }

    private static void WriteBatch(Terminal terminal, string path, Batch batch)
    {
        var kinds = batch.Transactions.GroupBy(transaction => transaction.GetType().Name).Select(group => (group.Key, $"{group.Count()}"));
        Report(
            terminal,
            path,
            "batch",
            "batch of signed transactions; 'prover batch execute' checks them",
            [("number", $"{batch.Number}"), ("time", $"{batch.Time}"), ("shape", batch.Shape.RuleName), ("accounts before", $"{batch.State.Accounts.Count:N0}"), .. kinds]);
    }

    private static void WriteCalldata(Terminal terminal, string path, string text)
    {
        byte[] data;
        try
        {
            data = Convert.FromHexString(text.AsSpan(2));
        }
        catch (FormatException)
        {
            throw new MalformedFileException(path, "calldata", null, "an even number of hexadecimal digits is expected after 0x.");
        }

        var isSubmission = SubmissionLayout.IsSubmission(data);
        if (isSubmission && SubmissionLayout.FindMistake(data) is { } mistake)
        {
            throw new MalformedFileException(path, "calldata", null, mistake);
        }

        Report(
            terminal,
            path,
            "calldata",
            "calldata of an EVM transaction",
            ("calls", isSubmission ? BatchSubmission.Signature : "a function unknown here"),
            ("bytes", $"{data.Length:N0}"),
            ("gas of the bytes", $"{GasEstimate.Calldata(data):N0}"));
    }

    private static void Report(Terminal terminal, string path, string kind, string description, params (string Name, string Value)[] rows) =>
        terminal.WriteReport(
            path,
            new { path, kind, values = rows.Select(row => new { name = row.Name, value = row.Value }) },
            [("kind", description), .. rows]);
}
