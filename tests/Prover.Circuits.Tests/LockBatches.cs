using System.Numerics;
using System.Text;
using Prover.Margin;

namespace Prover.Circuits.Tests;

/// <summary>Locks, claims and refunds near every bound.</summary>
internal static class LockBatches
{
    private static readonly BigInteger Secret = new(Encoding.ASCII.GetBytes(Desk.SecretText), isUnsigned: true, isBigEndian: true);

    public static Gen<Batch> Locks { get; } =
        from state in BoundaryBatches.States
        from receiver in Gen.Frequency((8, Gen.Const(Desk.Bob)), (1, Gen.Long[0, 16]))
        from amount in Gen.Long[1, 20_000]
        from deadline in Gen.Frequency((4, Gen.Long[Desk.Now, Desk.Now + 100]), (1, Gen.Long[Desk.Now - 2, Desk.Now + 2]))
        from id in Gen.Frequency((4, Gen.UInt[10, 14]), (1, Gen.UInt[0, 10]))
        from forged in Gen.Int[0, 9]
        select Desk.Locking(Desk.Lock(
            unsigned => unsigned with { Id = id, Lock = unsigned.Lock with { Receiver = receiver, Amount = amount, Deadline = deadline } },
            signedBy: forged == 0 ? (int)Desk.Bob : (int)Desk.Alice)) with { State = state };

    public static Gen<Batch> Unlocks { get; } =
        from state in BoundaryBatches.States
        from age in Gen.Long[-3, 3]
        from isClaim in Gen.Bool
        from secret in Gen.Frequency((6, Gen.Const(Secret)), (1, Gen.ULong.Select(number => new BigInteger(number))))
        from receiver in Gen.Frequency((8, Gen.Const(Desk.Bob)), (1, Gen.Const(Desk.Carol)))
        from id in Gen.Frequency((8, Gen.Const(3u)), (1, Gen.Const(7u)))
        select (Desk.Unlocking(new Unlock(Desk.Alice, id, receiver, isClaim ? secret : null)) with { State = state })
            .With(Desk.Alice, account => account with { Orders = account.Orders.SetItem(3, new(3, 0) { Lock = Desk.Locked(Desk.Now + age) }) });
}
