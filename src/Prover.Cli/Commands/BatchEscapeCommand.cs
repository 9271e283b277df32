using System.CommandLine;
using System.Globalization;
using System.Numerics;
using Prover.Backends.Cpu;
using Prover.Chain;
using Prover.Formats;
using Prover.Margin;
using Prover.Pipeline;
using Prover.Primitives;

namespace Prover.Cli;

/// <summary><c>batch escape FILE --account N --recipient ADDRESS</c>.</summary>
internal static class BatchEscapeCommand
{
    private const int AddressDigits = 40;

    public static Command Create(Terminal terminal)
    {
        var file = Arguments.Path("FILE", "The last state that the contract has accepted: a state's file, a snapshot of one, or the batch file that led to it.");
        var account = new Option<long>("--account") { Description = "The account's index.", Required = true };
        var recipient = new Option<string>("--recipient") { Description = "The Ethereum address that is paid, 0x and 40 hexadecimal digits; if both capital and small letters are among them, as their checksum has it.", Required = true };
        var key = new Option<string?>("--key") { Description = "The file of the owner's secret key, 64 hexadecimal digits as 'prover batch sequencer KEY' makes them, which signs here." };
        var signature = new Option<string?>("--signature") { Description = "Instead: a file with the owner's signature, {\"r\": {\"x\": …, \"y\": …}, \"s\": …}, made elsewhere." };
        var zkey = new Option<string?>("--zkey") { Description = "The deployment's proving key of the escape; an insecure development key if not given." };
        var output = new Option<string?>("--output", "-o") { Description = "The folder to write to; artifacts/escape-N if not given." };
        var command = new Command(
            "escape",
            """
            Prove what an account is worth, so that a frozen contract pays its owner. Everything but his signature is public.

            Writes proof.json, public.json, verification_key.json and calldata.hex, the call of the contract's 'escape', which anybody may send. An account is worth
            its cash with all funding settled and its positions at the last proved prices, rounded down; one under water is worth nothing, which is proved too, but the contract
            takes no proof of 0. Amounts are in USD, with --json in 10⁻⁶ USD. Without --key and --signature the command says what to sign.
            Exit code 1 if the signature is not the owner's, 2 if there is no such account, 4 if the proving key is of another circuit.
            Example: prover batch escape rollup.db --account 7 --recipient 0x70997970C51812dc3A010C7d01b50e0d17dc79C8 --key owner.key -o escape
            """)
        {
            file, account, recipient, key, signature, zkey, output, CommonOptions.Device, CommonOptions.CpuPath, CommonOptions.NoTables,
        };
        command.SetAction((parsed, cancellation) =>
        {
            var state = StateFile.Read(parsed.GetRequiredValue(file));
            var index = parsed.GetRequiredValue(account);
            RequireAccount(parsed.GetRequiredValue(file), state, index);
            var request = Request(state, index, Address(parsed.GetRequiredValue(recipient)), parsed.GetValue(key), parsed.GetValue(signature));
            return Task.FromResult(Prove(
                terminal,
                state,
                request,
                parsed.GetValue(zkey),
                parsed.GetValue(output) ?? Path.Combine("artifacts", $"escape-{index}"),
                parsed.GetRequiredValue(CommonOptions.Device),
                CommonOptions.NamedCpuPath(parsed),
                parsed.GetValue(CommonOptions.NoTables) ? null : Keys.Tables(terminal),
                cancellation));
        });
        return command;
    }

    private static int Prove(
        Terminal terminal, StateFile state, EscapeRequest request, string? zkey, string folder, string device, CpuPath? cpuPath, KeyTables? tables, CancellationToken cancellation)
    {
        Arguments.RequireOutputFolder(folder);
        var worth = AccountStatement.Of(state.Ledger[request.Account], state.Ledger.Markets).Standing.Value >> 32;
        if (worth <= 0)
        {
            terminal.Note($"account {request.Account} is worth {Numbers.Money(worth)}: its escape is proved, but pays nothing, and the contract refuses it");
        }

        var pipeline = new EscapePipeline(CircuitsFolder.Find(), CacheFolder.Default, tables);
        using var devices = Devices.Open(device, cpuPath, terminal);
        var escape = terminal.WithProgress(progress => pipeline.Prove(state.Ledger, state.Configuration, request, devices, zkey, progress, cancellation));
        Directory.CreateDirectory(folder);
        var calldata = Path.Combine(folder, "calldata.hex");
        ProofFile.Write(Path.Combine(folder, "proof.json"), escape.Proof, Path.Combine(folder, "public.json"), escape.Statement.ToArray());
        VerifyingKeyFile.Write(Path.Combine(folder, "verification_key.json"), escape.VerifyingKey);
        OutputFile.Write(calldata, "0x" + Convert.ToHexStringLower(escape.Submission.ToCalldata()) + "\n");
        Report(terminal, folder, calldata, state.Number, worth, escape, devices);
        return ExitCode.Success;
    }

    private static void Report(Terminal terminal, string folder, string calldata, long batch, BigInteger worth, EscapeProof escape, DevicePool devices)
    {
        var statement = escape.Statement;
        var (recipient, next) = ($"0x{Hexadecimal.Address(statement.Recipient)}", $"once the contract is frozen, send it {calldata}: cast send CONTRACT $(cat {calldata})");
        terminal.WriteReport(
            $"escape of account {statement.Account}",
            new
            {
                account = statement.Account,
                batch,
                root = statement.Root.ToString(),
                worth = worth.ToString(CultureInfo.InvariantCulture),
                paid = statement.Amount.ToString(CultureInfo.InvariantCulture),
                recipient,
                device = devices.Names,
                recomputedOnCpu = devices.RecomputedOnCpu,
                insecureKey = escape.IsInsecureKey,
                folder,
                calldata,
                next,
            },
            [
                ("after batch", $"{batch}"),
                ("root", $"{statement.Root}"),
                ("worth", Numbers.Money(worth)),
                ("paid", $"{Numbers.Money(statement.Amount)} to {recipient}"),
                ("proof", $"{BatchProof.ProofBytes} bytes, verified"),
                .. DeviceReport.Recomputed(devices.RecomputedOnCpu),
                ("key", escape.IsInsecureKey ? "INSECURE development key" : "from powers of tau"),
                ("written to", folder),
                ("next", next),
            ]);
    }

    private static void RequireAccount(string path, StateFile state, long index)
    {
        if (!state.Ledger.Accounts.ContainsKey(index))
        {
            throw new UsageException($"{path}: there is no account {index} after batch {state.Number}, which has left {state.Ledger.Accounts.Count:N0} accounts.");
        }
    }

    private static EscapeRequest Request(StateFile state, long index, BigInteger recipient, string? key, string? signature)
    {
        var account = state.Ledger[index];
        switch (key, signature)
        {
            case ({ } path, null):
                var secret = SecretKeyFile.Read(path);
                return secret.PublicKey == account.Owner
                    ? EscapeRequest.Sign(secret, state.Configuration, index, account.Nonce, recipient)
                    : throw new RefusedEscapeException($"{path}: not the key of account {index}, whose owner is ({account.Owner.X}, {account.Owner.Y})");
            case (null, { } path):
                return new(index, recipient, MarginJson.Parse<EddsaSignature>(File.ReadAllText(path), path));
            case (null, null):
                throw new UsageException(
                    $"the owner's --key or --signature is missing. What to sign for account {index} with nonce {account.Nonce}: {EscapeRequest.Message(state.Configuration, index, account.Nonce, recipient)}");
            default:
                throw new UsageException("either --key or --signature signs, not both.");
        }
    }

    private static BigInteger Address(string text)
    {
        if (!text.StartsWith("0x", StringComparison.Ordinal) || text.Length != 2 + AddressDigits || !text[2..].All(char.IsAsciiHexDigit))
        {
            throw new UsageException($"--recipient takes an Ethereum address, 0x and {AddressDigits} hexadecimal digits; got '{text}'.");
        }

        // What is paid to a misspelt address is lost.
        if (!AddressChecksum.IsRightOrAbsent(text[2..]))
        {
            throw new UsageException($"--recipient {text} is misspelt: capital and small letters are its checksum (ERC-55), which is wrong.");
        }

        var address = BigInteger.Parse("0" + text[2..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
        return address.IsZero ? throw new UsageException("--recipient 0 would be paid, but nobody has its key.") : address;
    }
}
