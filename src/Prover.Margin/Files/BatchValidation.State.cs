using System.Collections.Immutable;

namespace Prover.Margin;

internal sealed partial class BatchValidation
{
    private void CheckState(Batch batch)
    {
        CheckMarkets(batch.State.Markets, batch.Shape);
        Range("$.state.house", batch.State.House, 0, Limits.Notional - 1);
        var capacity = 1L << (2 * batch.Shape.Depth);
        var slots = 1 << (2 * batch.Shape.Orders);
        foreach (var (index, account) in batch.State.Accounts)
        {
            var path = $"$.state.accounts.{index}";
            Present(path, account);
            Range(path, index, 0, capacity - 1);
            Range($"{path}.cash", account.Cash, -Limits.Cash, Limits.Cash);
            CheckChoice(path, account, batch.Shape);
            CheckPositions($"{path}.positions", account.Positions, batch);
            foreach (var (slot, order) in account.Orders)
            {
                Present($"{path}.orders.{slot}", order);
                Range($"{path}.orders.{slot}", slot, 0, slots - 1);
                Range($"{path}.orders.{slot}.id", order.Id % slots, slot, slot);
                Range($"{path}.orders.{slot}.filled", order.Filled, 0, order.Lock is null ? Limits.Size : 0);
                if (order.Lock is { } locked)
                {
                    CheckLock($"{path}.orders.{slot}.lock", locked, capacity - 1);
                }
            }
        }
    }

    /// <summary>Without scenarios nobody has portfolio margin, and nobody who is isolated has two positions.</summary>
    private void CheckChoice(string path, Account account, BatchShape shape)
    {
        if (account.Portfolio && shape.Scenarios == 0)
        {
            throw new BatchFileException($"{origin}: {path}.portfolio: the shape has no scenarios.");
        }

        if (account is { Isolated: true, Positions.Count: > 1 })
        {
            throw new BatchFileException($"{origin}: {path}.isolated: the account has {account.Positions.Count} positions.");
        }
    }

    private void CheckMarkets(Markets markets, BatchShape shape)
    {
        var count = shape.Markets;
        Range("$.state.markets.priceTime", markets.PriceTime, 0, Limits.Time - 1);
        Range("$.state.markets.fundingTime", markets.FundingTime, 0, Limits.Time - 1);
        Count("$.state.markets.list", markets.List, count);
        for (var i = 0; i < count; i++)
        {
            var (path, market) = ($"$.state.markets.list[{i}]", markets.List[i]);
            Present(path, market);
            Count($"{path}.shocks", market.Shocks, shape.Scenarios);
            if (market.PortfolioOnly && shape.Scenarios == 0)
            {
                throw new BatchFileException($"{origin}: {path}.portfolioOnly: the shape has no scenarios.");
            }

            Range($"{path}.openInterest", market.OpenInterest, 0, Limits.Size);
            CheckMargins($"{path}.base", market.Base, Limits.Million, mayBeNone: !market.IsListed);
            var left = Limits.Million - market.Base.Initial;
            CheckRaises(path, market.Raises, (by, margins) =>
            {
                CheckMargins(by, margins, left, mayBeNone: true);
                left -= margins.Initial;
            });
        }
    }

    private void CheckRaises(string path, ImmutableArray<Raise> raises, Action<string, Margins> check)
    {
        Count($"{path}.raises", raises, Limits.Raises);
        for (var i = 0; i < Limits.Raises; i++)
        {
            Present($"{path}.raises[{i}]", raises[i]);
            Range($"{path}.raises[{i}].from", raises[i].From, 0, Limits.Notional - 1);
            check($"{path}.raises[{i}].by", raises[i].By);
        }
    }

    /// <summary>What the circuit takes for margins; whether they are in order is a rule.</summary>
    private void CheckFractions(string path, Margins margins)
    {
        Present(path, margins);
        Range($"{path}.initial", margins.Initial, 0, Limits.Million);
        Range($"{path}.maintenance", margins.Maintenance, 0, Limits.Million);
        Range($"{path}.closeOut", margins.CloseOut, 0, Limits.Million);
    }

    /// <summary>0 ≤ close-out ≤ maintenance ≤ initial ≤ what the tiers below leave of the notional, and 0 &lt; close-out where a market is listed.</summary>
    private void CheckMargins(string path, Margins margins, int left, bool mayBeNone)
    {
        Present(path, margins);
        Range($"{path}.initial", margins.Initial, 0, left);
        Range($"{path}.maintenance", margins.Maintenance, 0, margins.Initial);
        Range($"{path}.closeOut", margins.CloseOut, mayBeNone ? 0 : 1, margins.Maintenance);
    }

    private void CheckPositions(string path, ImmutableSortedDictionary<int, Position> positions, Batch batch)
    {
        if (positions.Count > batch.Shape.Slots)
        {
            throw new BatchFileException($"{origin}: {path}: {positions.Count} positions, but the shape has {batch.Shape.Slots} slots.");
        }

        foreach (var (market, position) in positions)
        {
            Range($"{path}.{market}", market, 1, batch.Shape.Markets);
            Present($"{path}.{market}", position);
            Range($"{path}.{market}.size", position.Size, -Limits.Size, Limits.Size);
            if (position.Size == 0)
            {
                throw new BatchFileException($"{origin}: {path}.{market}.size: 0 is no position.");
            }
        }
    }
}
