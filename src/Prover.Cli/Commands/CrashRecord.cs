using System.Globalization;
using System.Numerics;
using Prover.BatchGenerator;
using Prover.Margin;

namespace Prover.Cli;

/// <summary>What happened in a drill.</summary>
/// <param name="Traders">Accounts with positions.</param>
/// <param name="Fall">By how many percent prices fell.</param>
/// <param name="Constraints">Rows of each batch.</param>
/// <param name="Before">The state before.</param>
/// <param name="Ledger">The state as it changes.</param>
internal sealed record CrashRecord(int Traders, int Fall, int Constraints, InitialState Before, Ledger Ledger)
{
    public List<(string Name, RiskLadder Ladder)> Ladders { get; } = [];

    /// <summary>Seconds of each proof.</summary>
    public List<double> Proofs { get; } = [];

    public int Batches { get; private set; }

    public int Liquidations { get; private set; }

    public int TakeOvers { get; private set; }

    public int Deleverages { get; private set; }

    public double WitnessSeconds { get; set; }

    public void Count(DrillBatch batch)
    {
        Batches++;
        Liquidations += batch.Batch.Transactions.Count(transaction => transaction is Liquidation);
        TakeOvers += batch.Batch.Transactions.Count(transaction => transaction is TakeOver);
        Deleverages += batch.Batch.Transactions.Count(transaction => transaction is Deleverage);
    }

    /// <summary>Nobody has brought or taken anything, so all claims together are what they were, and sizes cancel.</summary>
    public void RequireConserved()
    {
        if (Claims(Before.Accounts.Values, Before.House) != Claims(Ledger.Accounts.Values, Ledger.House))
            throw new InvalidOperationException("Accounts and house claim something else than before the drill.");

        for (var market = 1; market <= Ledger.Markets.Count; market++)
        {
            var sizes = Ledger.Accounts.Values.Select(account => account.SizeIn(market)).ToArray();
            if (sizes.Sum() != 0 || sizes.Where(size => size > 0).Sum() != Ledger.Markets[market].OpenInterest)
                throw new InvalidOperationException($"Sizes in market {market} do not cancel.");
        }

        // No funding is charged during a drill, so cash is all that is claimed.
        static BigInteger Claims(IEnumerable<Account> accounts, BigInteger house) => accounts.Aggregate(house, (sum, account) => sum + ((BigInteger)account.Cash << 32));
    }

    private static string FundIn(Account fund, Markets markets) => Numbers.Money(Standing.Settled(fund, markets).Value >> 32);

    public void Write(Terminal terminal, int below, IReadOnlyList<Deficiency> unresolved, TimeSpan elapsed, IReadOnlyList<string> files) => terminal.WriteReport(
        "crash",
        new
        {
            Traders,
            fallPercent = Fall,
            constraints = Constraints,
            below,
            Batches,
            Liquidations,
            TakeOvers,
            Deleverages,
            unresolved = unresolved.Select(item => item.Account),
            witnessSeconds = WitnessSeconds,
            proofSeconds = Proofs,
            seconds = elapsed.TotalSeconds,
            steps = RiskLadder.Steps,
            ladders = Ladders.Select(item => new { item.Name, item.Ladder.Counts }),
            files,
        },
        [
            ("exchange", $"{Traders:N0} traders; every price {Fall} % down in one tick"),
            ("below maintenance", $"{below:N0} accounts after the fall, {unresolved.Count:N0} at the end{(unresolved.Count == 0 ? "" : ": the insurance fund is exhausted, and nobody is left to be deleveraged")}"),
            ("resolved by", $"{Liquidations:N0} liquidations, {TakeOvers:N0} take-overs, {Deleverages:N0} deleveragings in {Batches:N0} batches"),
            ("insurance fund", $"worth {FundIn(Before.Accounts[InsuranceFund.Account], Before.Markets)} before and {FundIn(Ledger[InsuranceFund.Account], Ledger.Markets)} at the end"),
            ("conserved", "all claims, and sizes in every market"),
            ("witnesses", string.Create(CultureInfo.InvariantCulture, $"{Batches:N0} checked against all {Constraints:N0} rows; {WitnessSeconds / Batches:0.00} s each")),
            ("proofs", Proofs.Count == 0 ? "none" : string.Create(CultureInfo.InvariantCulture, $"{Proofs.Count}, verified; {string.Join(", ", Proofs.Select(seconds => $"{seconds:0.00} s"))}")),
            .. Ladders.Select(item => (item.Name, string.Join(", ", item.Ladder.Counts.Zip(RiskLadder.Steps, (count, step) => $"{count:N0} {step}")))),
            ("time", string.Create(CultureInfo.InvariantCulture, $"{elapsed.TotalSeconds:0} s")),
            .. files.Select(file => ("chart", file)),
        ]);
}
