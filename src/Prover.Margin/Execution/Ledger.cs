using System.Numerics;
using Prover.Primitives;

namespace Prover.Margin;

/// <summary>The state of the rollup: accounts, markets and what the house holds, with the trees that commit to them.</summary>
/// <remarks>What was written is hashed when a root or a path is asked for, all of it at once. One ledger serves one thread.</remarks>
public sealed class Ledger
{
    private readonly Dictionary<long, Account> _accounts = [];
    private readonly Dictionary<long, SparseMerkleTree> _orders = [];
    private readonly HashSet<long> _unhashed = [];
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
    public Fr AccountsRoot => HashedTree().Root;

    /// <summary>The root that the contract keeps.</summary>
    public Fr Root => StateHash.Root(AccountsRoot, Markets, House);

    /// <summary>An account; empty where nobody has deposited.</summary>
    public Account this[long index]
    {
        get => _accounts.GetValueOrDefault(index, Account.Empty);
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegative(index);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Capacity);
            _accounts[index] = value;
            _unhashed.Add(index);
        }
    }

    /// <summary>The path of an account's leaf.</summary>
    public MerklePath PathOf(long index) => HashedTree().PathOf(index);

    /// <summary>The root of an account's order tree.</summary>
    public Fr OrdersRoot(long index) => OrderTree(index).Root;

    /// <summary>The path of an order slot.</summary>
    public MerklePath OrderPathOf(long index, int slot) => OrderTree(index).PathOf(slot);

    /// <summary>The slot that an order id uses.</summary>
    public int SlotOf(uint orderId) => (int)(orderId & ((1u << (2 * Shape.Orders)) - 1));

    /// <summary>What the slot of an order holds; zeros if it was never used.</summary>
    public OrderSlot OrderIn(long index, uint orderId) => this[index].Orders.GetValueOrDefault(SlotOf(orderId), new OrderSlot(0, 0));

    private SparseMerkleTree OrderTree(long index)
    {
        HashedTree();
        return _orders.GetValueOrDefault(index, _emptyOrders);
    }

    private SparseMerkleTree HashedTree()
    {
        if (_unhashed.Count > 0)
        {
            long[] indices = [.. _unhashed];
            var (orders, leaves) = (new SparseMerkleTree[indices.Length], new KeyValuePair<long, Fr>[indices.Length]);
            Parallel.For(0, indices.Length, i =>
            {
                var account = _accounts[indices[i]];
                orders[i] = WithOrders(_orders.GetValueOrDefault(indices[i], _emptyOrders), account);
                leaves[i] = new(indices[i], StateHash.Account(account, orders[i].Root, Shape.Slots));
            });
            foreach (var (index, tree) in indices.Zip(orders).Where(item => item.Second != _emptyOrders))
            {
                _orders[index] = tree;
            }

            _tree.Set(leaves);
            _unhashed.Clear();
        }

        return _tree;
    }

    private SparseMerkleTree WithOrders(SparseMerkleTree tree, Account account)
    {
        KeyValuePair<long, Fr>[] changed =
        [
            .. account.Orders.Select(order => KeyValuePair.Create((long)order.Key, StateHash.Order(order.Value))).Where(slot => tree[slot.Key] != slot.Value),
        ];
        if (changed.Length > 0)
        {
            tree = tree == _emptyOrders ? tree.Clone() : tree;
            tree.Set(changed);
        }

        return tree;
    }
}
