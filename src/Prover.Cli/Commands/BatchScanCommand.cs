using System.CommandLine;
using System.Globalization;
using System.Numerics;
using Prover.Margin;
using Spectre.Console;

namespace Prover.Cli;

/// <summary><c>batch scan FILE</c>.</summary>
internal static class BatchScanCommand
{
    public static Command Create(Terminal terminal)
    {
        var file = Arguments.Path("FILE", "The batch file.");
        var command = new Command(
            "scan",
            """
            Execute a batch and list the accounts that are below their maintenance margin afterwards, having settled their funding.

            Refused transactions change nothing, as with 'batch execute'. Amounts are in USD, with --json in 10⁻⁶ USD: worth is rounded down, requirement
            and shortfall are rounded up, so that a deposit of the shortfall is enough.
            Example: prover batch scan bench/batches/first.json
            """)
        {
            file,
        };
        command.SetAction(parsed => Run(terminal, parsed.GetRequiredValue(file)));
        return command;
    }

    private static int Run(Terminal terminal, string path)
    {
        var result = BatchExecutor.Execute(BatchFile.Read(path));
        var refused = result.Verdicts.Count(verdict => verdict.Rejection is not null);
        if (refused > 0)
            terminal.Note($"{refused} of {result.Verdicts.Count} transactions are refused; 'prover batch execute {path}' says why");

        var scan = new MarginBook(result.Ledger.Accounts).Scan(result.Ledger.Markets);
        if (terminal.Json)
        {
            terminal.WriteJson(new
            {
                accounts = scan.Accounts,
                refused,
                below = scan.Deficiencies.Select(deficiency => new
                {
                    account = deficiency.Account,
                    worth = Text(Worth(deficiency)),
                    requirement = Text(Requirement(deficiency)),
                    shortfall = Text(Shortfall(deficiency)),
                    belowCloseOut = deficiency.IsBelowCloseOut,
                }),
            });
            return ExitCode.Success;
        }

        if (scan.Deficiencies.Count > 0)
        {
            var table = new Table().Border(TableBorder.Rounded).AddColumns("account", "worth", "requirement", "shortfall", "");
            foreach (var deficiency in scan.Deficiencies)
            {
                table.AddRow(
                    $"{deficiency.Account}",
                    Numbers.Money(Worth(deficiency)),
                    Numbers.Money(Requirement(deficiency)),
                    Numbers.Money(Shortfall(deficiency)),
                    deficiency.IsBelowCloseOut ? "below close-out" : "");
            }

            terminal.WriteTable(table);
        }

        terminal.Write($"{scan.Deficiencies.Count} of {scan.Accounts} accounts are below maintenance");
        return ExitCode.Success;
    }

    private static BigInteger Worth(Deficiency deficiency) => deficiency.Standing.Value >> 32;

    private static BigInteger Requirement(Deficiency deficiency) => Up(deficiency.Standing.Maintenance);

    private static BigInteger Shortfall(Deficiency deficiency) => Up(deficiency.Shortfall);

    private static BigInteger Up(BigInteger amount) => -Risk.Floor(-amount);

    private static string Text(BigInteger amount) => amount.ToString(CultureInfo.InvariantCulture);
}
