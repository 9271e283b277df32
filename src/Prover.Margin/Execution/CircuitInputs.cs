using System.Numerics;
using Prover.Primitives;
using Prover.Witness;

namespace Prover.Margin;

/// <summary>The values of a batch circuit's inputs by name. Unused lanes stay zero.</summary>
public sealed class CircuitInputs
{
    private readonly Dictionary<string, Fr> _values = new(StringComparer.Ordinal);

    /// <summary>One value for each input of the circuit, in its order.</summary>
    /// <exception cref="ArgumentException">A value was set that the circuit does not have: the circuit is for another shape.</exception>
    public Fr[] InOrder(CompiledCircuit circuit)
    {
        var unknown = _values.Keys.Except(circuit.Inputs.Select(input => input.Name)).FirstOrDefault();
        return unknown is null
            ? [.. circuit.Inputs.Select(input => _values.GetValueOrDefault(input.Name))]
            : throw new ArgumentException($"{circuit.Name} has no input '{unknown}'.", nameof(circuit));
    }

    internal void Set(string name, Fr value) => _values[name] = value;

    internal void SetInteger(string name, BigInteger value) => _values[name] = Fr.FromInteger(value);

    internal void Set(string name, EdwardsPoint point)
    {
        Set($"{name}.x", point.X);
        Set($"{name}.y", point.Y);
    }

    internal void Set(string name, EddsaSignature signature)
    {
        Set($"{name}.r", signature.R);
        SetInteger($"{name}.s", signature.S);
    }

    internal void Set(string name, MerklePath path)
    {
        for (var level = 0; level < path.Siblings.Length; level++)
        {
            for (var i = 0; i < path.Siblings[level].Length; i++)
            {
                Set($"{name}.siblings[{level}][{i}]", path.Siblings[level][i]);
            }
        }
    }

    internal void Set(string name, Markets markets)
    {
        SetInteger($"{name}.price_time", markets.PriceTime);
        SetInteger($"{name}.funding_time", markets.FundingTime);
        SetInteger($"{name}.updates", markets.Updates);
        foreach (var (m, market) in markets.List.Index())
        {
            var at = $"{name}.market[{m}]";
            SetInteger($"{at}.price", market.Price);
            SetInteger($"{at}.funding", market.Funding);
            SetInteger($"{at}.open_interest", market.OpenInterest);
            Set(at, market);
            SetShocks($"{at}.shocks", market.Shocks);
        }
    }

    internal void SetShocks(string name, IEnumerable<long> shocks)
    {
        foreach (var (k, shock) in shocks.Index())
        {
            SetInteger($"{name}[{k}]", shock);
        }
    }

    /// <summary>What a market asks for.</summary>
    internal void Set(string name, Market terms)
    {
        Set($"{name}.base", terms.Base);
        SetInteger($"{name}.leeway", terms.Leeway);
        SetInteger($"{name}.portfolio_only", terms.PortfolioOnly ? 1 : 0);
        foreach (var (i, raise) in terms.Raises.Index())
        {
            SetInteger($"{name}.raises[{i}].from", raise.From);
            Set($"{name}.raises[{i}].by", raise.By);
        }
    }

    private void Set(string name, Margins margins)
    {
        SetInteger($"{name}.initial", margins.Initial);
        SetInteger($"{name}.maintenance", margins.Maintenance);
        SetInteger($"{name}.close_out", margins.CloseOut);
    }

    internal void Set(string name, Configuration configuration)
    {
        Set($"{name}.domain", configuration.Domain);
        SetInteger($"{name}.max_price_age", configuration.MaxPriceAge);
        SetInteger($"{name}.max_price_move", configuration.MaxPriceMove);
        SetInteger($"{name}.funding_interval", configuration.FundingInterval);
        SetInteger($"{name}.max_funding", configuration.MaxFunding);
        for (var i = 0; i < configuration.Signers.Length; i++)
        {
            Set($"{name}.signers[{i}]", configuration.Signers[i]);
        }

        Set($"{name}.governance", configuration.Governance);
    }

    /// <summary>Who signs for an account: a session key, or its owner.</summary>
    internal void Set(string name, Account account, SessionKey? session)
    {
        Set($"{name}.key", session?.Key ?? account.Owner);
        SetInteger($"{name}.until", session?.Until ?? 0);
    }

    /// <summary>Thirty-two bytes.</summary>
    internal void SetHalves(string name, BigInteger bytes)
    {
        SetInteger($"{name}.high", LockedTransfer.High(bytes));
        SetInteger($"{name}.low", LockedTransfer.Low(bytes));
    }

    /// <summary>The slot of an order as it is in the ledger now, with its path.</summary>
    internal void SetOrderSlot(string name, Ledger ledger, long index, uint orderId)
    {
        var slot = ledger.OrderIn(index, orderId);
        SetInteger($"{name}.id", slot.Id);
        SetInteger($"{name}.filled", slot.Filled);
        Set($"{name}.path", ledger.OrderPathOf(index, ledger.SlotOf(orderId)));
    }

    /// <summary>An account as it is in the ledger now, with its path.</summary>
    internal void Set(string name, Ledger ledger, long index)
    {
        SetInteger($"{name}.index", index);
        SetAccount(name, ledger, index);
    }

    /// <summary>The insurance fund as it is in the ledger now, with its path; nobody needs to say where it is.</summary>
    internal void SetFund(string name, Ledger ledger) => SetAccount(name, ledger, InsuranceFund.Account);

    private void SetAccount(string name, Ledger ledger, long index)
    {
        var account = ledger[index];
        Set($"{name}.account.owner", account.Owner);
        Set($"{name}.account.session", account.Session);
        SetInteger($"{name}.account.portfolio", account.Portfolio ? 1 : 0);
        SetInteger($"{name}.account.isolated", account.Isolated ? 1 : 0);
        SetInteger($"{name}.account.nonce", account.Nonce);
        SetInteger($"{name}.account.cash", account.Cash);
        var empty = Enumerable.Repeat((Market: 0, Position: new Position(0, 0)), ledger.Shape.Slots - account.Positions.Count);
        foreach (var (i, (market, position)) in account.Positions.Reverse().Select(item => (item.Key, item.Value)).Concat(empty).Index())
        {
            SetInteger($"{name}.account.slots[{i}].market", market);
            SetInteger($"{name}.account.slots[{i}].size", position.Size);
            SetInteger($"{name}.account.slots[{i}].funding", position.Funding);
        }

        Set($"{name}.account.orders_root", ledger.OrdersRoot(index));
        Set($"{name}.path", ledger.PathOf(index));
    }
}
