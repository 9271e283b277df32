using System.Globalization;
using System.Numerics;
using System.Text.Json;
using Prover.Margin;

namespace Prover.Cli;

/// <summary>What a transaction makes of accounts and markets, for machines: exact integers as text.</summary>
internal static class TraceJson
{
    public static object Describe(TransitionTrace trace) => new
    {
        trace.Verdict.Index,
        Description = trace.Verdict.Transaction.Describe(),
        Accepted = trace.Verdict.Rejection is null,
        Rule = trace.Verdict.Rejection?.Rule,
        Detail = trace.Verdict.Rejection?.Detail,
        Shortfall = trace.Verdict.Shortfall?.ToString(),
        Account = trace.Verdict.Rejection?.Account,
        Measure = trace.Verdict.Rejection?.Measure is { } measure
            ? new
            {
                Unit = JsonNamingPolicy.CamelCase.ConvertName(measure.Unit.ToString()),
                Have = Text(measure.Have),
                Need = Text(measure.Need),
                Gap = Text(measure.Gap),
            }
            : null,
        Remedy = Remedy.Of(trace.Verdict),
        Accounts = trace.Accounts.Select(change => new
        {
            Account = change.Index,
            FundingPaid = Text(change.FundingPaid),
            RestToHouse = Text(change.RestPaid),
            Before = Describe(change.Before),
            After = change.After is null ? null : Describe(change.After),
        }),
        Markets = trace is { Verdict.Transaction: OracleTick, After: { } after } ? new { Before = Describe(trace.Before.Markets), After = Describe(after.Markets) } : null,
    };

    private static object Describe(AccountStatement statement) => new
    {
        Cash = Text(statement.Cash),
        FundingOwed = Text(statement.FundingOwed),
        Worth = Text(statement.Standing.Value),
        statement.Settlement.Account.Portfolio,
        ScenarioLosses = statement.Losses.Select(Text),
        InitialMargin = Text(statement.Standing.Initial),
        AboveInitialMargin = Text(statement.Standing.AboveInitial),
        MaintenanceMargin = Text(statement.Standing.Maintenance),
        AboveMaintenanceMargin = Text(statement.Standing.AboveMaintenance),
        CloseOutMargin = Text(statement.Standing.CloseOut),
        AboveCloseOutMargin = Text(statement.Standing.AboveCloseOut),
        Positions = statement.Positions.Select(position => new
        {
            position.Market,
            Size = Text(position.Size),
            Price = Text(position.Price),
            Notional = Text(position.Notional),
            Tiers = position.Tiers.Select(tier => new
            {
                From = Text(tier.From),
                Notional = Text(tier.Above),
                InitialMargin = Text(tier.Initial),
                MaintenanceMargin = Text(tier.Maintenance),
                CloseOutMargin = Text(tier.CloseOut),
            }),
        }),
    };

    private static IEnumerable<object> Describe(Markets markets) => markets.List.Index().Where(item => item.Item.IsListed).Select(item => new
    {
        Market = item.Index + 1,
        Price = Text(item.Item.Price),
        Funding = Text(item.Item.Funding),
    });

    private static string Text(BigInteger number) => number.ToString(CultureInfo.InvariantCulture);
}
