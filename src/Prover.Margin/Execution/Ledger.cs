using System.Numerics;
using Prover.Primitives;

namespace Prover.Margin;

/// <summary>The state of the rollup: accounts, markets and what the house holds, with the trees that commit to them.</summary>
public sealed class Ledger
{
    private readonly Dictionary<long, Account> _accounts = [];
    private readonly Dictionary<long, SparseMerkleTree> _orders = [];
    private readonly SparseMerkleTree _tree;
    private readonly SparseMerkleTree _emptyOrders;

    /// <summary>A state without accounts.</summary>
    public Ledger(BatchShape shape, Markets markets, BigInteger house)
    {
        (Shape, Markets, House) = (shape, markets, house);
        _emptyOrders = new(shape.Orders, Fr.Zero);
        _tree = new(shape.Depth, StateHash.Account(Account.Empty, _emptyOrders.Root, shape.Slots));
    }

    /// <summary>The tree sizes.</summary>
    public BatchShape Shape { get; }

    /// <summary>The markets.</summary>
    public Markets Markets { get; set; }

    /// <summary>What fees and rests of roundings have left over, in 10⁻⁶ USD with 32 fractional bits.</summary>
    public BigInteger House { get; set; }

    /// <summary>All accounts that are not empty, by index.</summary>
    public IReadOnlyDictionary<long, Account> Accounts => _accounts;

    /// <summary>Number of leaves of the account tree.</summary>
    public long Capacity => _tree.Capacity;

    /// <summary>The root of the account tree.</summary>
    public Fr AccountsRoot => _tree.Root;

    /// <summary>The root that the contract keeps.</summary>
    public Fr Root => StateHash.Root(_tree.Root, Markets, House);

    /// <summary>An account; empty where nobody has deposited.</summary>
    public Account this[long index]
    {
        get => _accounts.GetValueOrDefault(index, Account.Empty);
        set
        {
            UpdateOrders(index, value);
            _accounts[index] = value;
            _tree[index] = StateHash.Account(value, OrdersRoot(index), Shape.Slots);
        }
    }

    /// <summary>The path of an account's leaf.</summary>
    public MerklePath PathOf(long index) => _tree.PathOf(index);

    /// <summary>The root of an account's order tree.</summary>
    public Fr OrdersRoot(long index) => OrderTree(index).Root;

    /// <summary>The path of an order slot.</summary>
    public MerklePath OrderPathOf(long index, int slot) => OrderTree(index).PathOf(slot);

    /// <summary>The slot that an order id uses.</summary>
    public int SlotOf(uint orderId) => (int)(orderId & ((1u << (2 * Shape.Orders)) - 1));

    /// <summary>What the slot of an order holds; zeros if it was never used.</summary>
    public OrderSlot OrderIn(long index, uint orderId) => this[index].Orders.GetValueOrDefault(SlotOf(orderId), new OrderSlot(0, 0));

    private SparseMerkleTree OrderTree(long index) => _orders.GetValueOrDefault(index, _emptyOrders);

    private void UpdateOrders(long index, Account account)
    {
        var before = this[index].Orders;
        foreach (var (slot, order) in account.Orders)
        {
            if (!before.TryGetValue(slot, out var old) || old != order)
            {
                if (!_orders.TryGetValue(index, out var tree))
                {
                    _orders[index] = tree = _emptyOrders.Clone();
                }

                tree[slot] = StateHash.Order(order);
            }
        }
    }
}
