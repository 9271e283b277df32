using System.Globalization;
using System.Numerics;
using Prover.Margin;
using Spectre.Console;

namespace Prover.Cli;

/// <summary>What a transaction makes of accounts and markets, in tables.</summary>
internal static class TraceText
{
    /// <summary>How to read the tables, and the same as JSON.</summary>
    public const string Legend = """
        Worth is cash, once funding is paid, and positions at their prices. Each tier takes so much more margin, but only of what lies above
        its beginning; portfolio margin takes the worst of an account's losses in scenarios in the place of first tiers. The accounts of a
        refused transaction are shown as it would have left them. Numbers are rounded for people only; with --json all are exact integers, as
        text: cash and funding in 10⁻⁶ USD; worth, losses, notionals, beginnings of tiers and rests in 10⁻⁶ · 2⁻³² USD; margins and what is above
        them in 10⁻¹² · 2⁻³² USD; prices in 10⁻⁶ · 2⁻³² USD for a unit of size.
        """;

    /// <summary>How numbers of the tables are rounded.</summary>
    public const string Rounding =
        "Worth, margins and what is above them are rounded down to 10⁻⁶ USD, what is below up; prices and funding down. They are compared exactly; --json shows all digits.";

    /// <summary>Whether a transaction is accepted, and why not, or why it does less than it asks for.</summary>
    public static string VerdictOf(Verdict verdict) => verdict switch
    {
        { Rejection: { } why } => $"refused: {why}",
        { Shortfall: { } why } => $"served, but {why}",
        _ => "accepted",
    };

    /// <summary>What an account has above its margins, in words.</summary>
    public static string LeftOver(Standing standing) => standing.HasInitialMargin
        ? $"{Risk.Show(standing.AboveInitial)} above its initial margin"
        : $"{Distance(standing.AboveInitial)} its initial margin, {Distance(standing.AboveMaintenance)} its maintenance margin";

    /// <summary>A table for each account, or for the markets if it is prices that change.</summary>
    public static void Write(Terminal terminal, TransitionTrace trace)
    {
        var isRefused = trace.Verdict.Rejection is not null;
        if (trace is { Verdict.Transaction: OracleTick, After: { } after })
        {
            terminal.WriteTable(Markets(trace.Before.Markets, after.Markets, isRefused));
        }

        foreach (var change in trace.Accounts)
        {
            terminal.WriteTable(Margins(change, isRefused));
            if (change.Before.Positions.Length + (change.After?.Positions.Length ?? 0) > 0)
            {
                terminal.WriteTable(Positions(change, isRefused));
            }
        }
    }

    private static string After(bool isRefused) => isRefused ? "as it would be" : "after";

    private static Table Markets(Markets before, Markets after, bool isRefused)
    {
        var table = new Table().Border(TableBorder.Rounded).AddColumns("market", "price before", After(isRefused), "funding of a unit before", After(isRefused));
        for (var number = 1; number <= before.Count; number++)
        {
            if (before[number].IsListed)
            {
                table.AddRow($"{number}", Numbers.Price(before[number].Price), Numbers.Price(after[number].Price), Micro(before[number].Funding), Micro(after[number].Funding));
            }
        }

        return table;
    }

    private static Table Margins(AccountChange change, bool isRefused)
    {
        AccountStatement[] statements = change.After is null ? [change.Before] : [change.Before, change.After];
        var table = new Table().Border(TableBorder.Rounded).AddColumn($"account {change.Index}").AddColumn(new TableColumn("before").RightAligned());
        if (change.After is not null)
        {
            table.AddColumn(new TableColumn(After(isRefused)).RightAligned());
        }

        Row("cash", statement => Numbers.Money(statement.Cash));
        Row("funding owed", statement => Numbers.Money(statement.FundingOwed));
        if (!change.FundingPaid.IsZero || !change.RestPaid.IsZero)
        {
            table.AddRow("funding paid", "", Numbers.Money(change.FundingPaid));
            table.AddRow("  of it to the house", "", Micro(change.RestPaid));
        }

        for (var k = 0; k < statements.Max(statement => statement.Losses.Length); k++)
        {
            var scenario = k;
            Row($"loss in scenario {k}", statement => scenario < statement.Losses.Length ? Notional(statement.Losses[scenario]) : "");
        }

        Row("worth", statement => Risk.Show(statement.Standing.Value * Limits.Million));
        Row("initial margin", statement => Risk.Show(statement.Standing.Initial));
        Row("", statement => Distance(statement.Standing.AboveInitial));
        Row("maintenance margin", statement => Risk.Show(statement.Standing.Maintenance));
        Row("", statement => Distance(statement.Standing.AboveMaintenance));
        Row("close-out margin", statement => Risk.Show(statement.Standing.CloseOut));
        Row("", statement => Distance(statement.Standing.AboveCloseOut));
        return table;

        void Row(string name, Func<AccountStatement, string> show) => table.AddRow([name, .. statements.Select(show)]);
    }

    private static Table Positions(AccountChange change, bool isRefused)
    {
        var table = new Table().Border(TableBorder.Rounded).AddColumns("", "market", "units", "micro-USD each", "tier", "of USD", "initial", "maintenance", "close-out");
        Add("before", change.Before);
        if (change.After is not null)
        {
            Add(After(isRefused), change.After);
        }

        return table;

        void Add(string when, AccountStatement statement)
        {
            foreach (var position in statement.Positions)
            {
                string[] about = [when, $"{position.Market}", position.Size.ToString("N0", CultureInfo.InvariantCulture), Fraction(position.Price)];
                foreach (var tier in position.Tiers)
                {
                    string[] needs = statement.Settlement.Account.Portfolio && tier == position.Tiers[0]
                        ? ["by scenarios", "by scenarios", "by scenarios"]
                        : [Part(tier.By.Initial, tier.Initial), Part(tier.By.Maintenance, tier.Maintenance), Part(tier.By.CloseOut, tier.CloseOut)];
                    table.AddRow([.. about, tier.From.IsZero ? "notional" : $"above {Notional(tier.From)}", Notional(tier.Above), .. needs]);
                    about = ["", "", "", ""];
                }
            }
        }
    }

    private static string Part(int fraction, BigInteger margin) => string.Create(CultureInfo.InvariantCulture, $"{Numbers.Fixed(Risk.Floor(margin), 6)} ({fraction / 10_000m:0.####} %)");

    private static string Notional(BigInteger notional) => Numbers.Fixed(notional >> 32, 6);

    /// <summary>10⁻⁶ USD with 32 fractional bits, which are often all there is, to 10⁻¹² USD.</summary>
    private static string Fraction(BigInteger amount) => Numbers.Fixed((amount * Limits.Million) >> 32, 6);

    private static string Micro(BigInteger amount) => Fraction(amount) + " micro-USD";

    private static string Distance(BigInteger margin) => margin.Sign < 0 ? $"{Numbers.Money(-Risk.Floor(margin))} below" : $"{Risk.Show(margin)} above";
}
