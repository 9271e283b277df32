using System.Numerics;

namespace Prover.Chain.Tests;

/// <summary>What governor and guardian may do, and what they may not.</summary>
public sealed class RolesTests(SmallBatch proved) : IDisposable
{
    private const int GovernorRole = 0;
    private const int GuardianRole = 1;
    private const long Delay = 14 * 86_400;
    private const string ShapeType = "(address,uint16,uint16,uint16,uint16,uint16,uint16)";
    private const string Announce = $"announceShape(uint256,{ShapeType})";

    private readonly AnvilNode _node = new(SmallBatch.Time + 10);

    private string Stranger => _node.Accounts[0];

    [Fact]
    public async Task The_guardian_stops_batches_but_not_money()
    {
        var (rollup, _) = await proved.DeployAsync(_node);
        await ProvedBatch.DepositAsync(_node, rollup, proved.Deposit);
        await _node.RefuseAsync(Stranger, rollup, Call("pause()"), "NotHolder(uint8,address)");
        await _node.RefuseAsync(_node.Governor, rollup, Call("pause()"), "NotHolder(uint8,address)");

        await _node.SendAsync(_node.Guardian, rollup, Call("pause()"));
        Assert.Equal(1, await _node.ReadAsync(rollup, "paused()"));
        await _node.RefuseAsync(Stranger, rollup, proved.Proof.Submission.ToCalldata(), "BatchesPaused()");
        await ProvedBatch.DepositAsync(_node, rollup, proved.Deposit with { Account = 9 });
        await _node.RefuseAsync(_node.Governor, rollup, Call("unpause()"), "NotHolder(uint8,address)");

        await _node.SendAsync(_node.Guardian, rollup, Call("unpause()"));
        await _node.SendAsync(Stranger, rollup, proved.Proof.Submission.ToCalldata());
        await _node.SendAsync(_node.Guardian, rollup, Call("pause()"));
        await _node.SendAsync(_node.Accounts[1], rollup, Call("claim()"));
        Assert.Equal([[], []], await _node.EventsAsync(rollup, "Paused()"));
        await _node.AssertEventAsync(rollup, "Unpaused()");
    }

    [Theory]
    [InlineData(GovernorRole)]
    [InlineData(GuardianRole)]
    public async Task A_role_goes_to_who_takes_it(int role)
    {
        var (rollup, _) = await proved.DeployAsync(_node);
        var (first, next) = (role == GovernorRole ? _node.Governor : _node.Guardian, _node.Accounts[1]);
        var nomination = Call("nominate(uint8,address)", role, AnvilNode.Number(next));
        await _node.RefuseAsync(Stranger, rollup, nomination, "NotHolder(uint8,address)");
        await _node.RefuseAsync(_node.Guardian, rollup, nomination, "NotHolder(uint8,address)");
        await _node.RefuseAsync(next, rollup, Call("acceptRole(uint8)", role), "NotNominee(uint8,address)");

        await _node.SendAsync(_node.Governor, rollup, nomination);
        await _node.RefuseAsync(Stranger, rollup, Call("acceptRole(uint8)", role), "NotNominee(uint8,address)");
        await _node.RefuseAsync(next, rollup, Call("acceptRole(uint8)", 1 - role), "NotNominee(uint8,address)");
        Assert.Equal(AnvilNode.Number(first), await _node.ReadAsync(rollup, "holder(uint8)", role));
        await _node.AssertEventAsync(rollup, "Nominated(uint8 indexed,address indexed)", role, AnvilNode.Number(next));

        await _node.SendAsync(next, rollup, Call("acceptRole(uint8)", role));
        Assert.Equal(AnvilNode.Number(next), await _node.ReadAsync(rollup, "holder(uint8)", role));
        await _node.RefuseAsync(next, rollup, Call("acceptRole(uint8)", role), "NotNominee(uint8,address)");
        var duty = role == GovernorRole ? Call("nominate(uint8,address)", GuardianRole, 0) : Call("pause()");
        await _node.RefuseAsync(first, rollup, duty, "NotHolder(uint8,address)");
        await _node.SendAsync(next, rollup, duty);
        Assert.Equal(
            [[GovernorRole, 0, AnvilNode.Number(_node.Governor)], [GuardianRole, 0, AnvilNode.Number(_node.Guardian)], [role, AnvilNode.Number(first), AnvilNode.Number(next)]],
            await _node.EventsAsync(rollup, "HandedOver(uint8 indexed,address indexed,address indexed)"));
    }

    [Fact]
    public async Task A_nomination_can_be_taken_back()
    {
        var (rollup, _) = await proved.DeployAsync(_node);
        var next = _node.Accounts[1];
        await _node.SendAsync(_node.Governor, rollup, Call("nominate(uint8,address)", GuardianRole, AnvilNode.Number(next)));
        await _node.SendAsync(_node.Governor, rollup, Call("nominate(uint8,address)", GuardianRole, 0));
        await _node.RefuseAsync(next, rollup, Call("acceptRole(uint8)", GuardianRole), "NotNominee(uint8,address)");
    }

    [Fact]
    public async Task A_nomination_does_not_outlast_who_made_it()
    {
        var (rollup, _) = await proved.DeployAsync(_node);
        var (governor, guardian) = (_node.Accounts[1], _node.Accounts[2]);
        await NominateAsync(_node.Governor, GuardianRole, guardian);
        await NominateAsync(_node.Governor, GovernorRole, governor);
        var accept = Call("acceptRole(uint8)", GuardianRole);
        var before = await _node.SnapshotAsync();
        await _node.SendAsync(guardian, rollup, accept);
        await _node.RevertAsync(before);

        await _node.SendAsync(governor, rollup, Call("acceptRole(uint8)", GovernorRole));
        await _node.RefuseAsync(guardian, rollup, accept, "NotNominee(uint8,address)");
        Assert.Equal(AnvilNode.Number(_node.Guardian), await _node.ReadAsync(rollup, "holder(uint8)", GuardianRole));
        await NominateAsync(governor, GuardianRole, guardian);
        await _node.SendAsync(guardian, rollup, accept);

        Task<Receipt> NominateAsync(string by, int role, string who) =>
            _node.SendAsync(by, rollup, Call("nominate(uint8,address)", role, AnvilNode.Number(who)));
    }

    [Fact]
    public async Task A_new_shape_counts_when_its_time_has_come()
    {
        var (rollup, shape) = await DeployAsync();
        await ProvedBatch.DepositAsync(_node, rollup, proved.Deposit);
        var batch = (proved.Proof.Submission with { Shape = 1 }).ToCalldata();
        var (announce, add) = (Call(Announce, [1, .. shape.Words]), Call("addShape(uint256)", 1));
        await _node.RefuseAsync(_node.Guardian, rollup, announce, "NotHolder(uint8,address)");
        await _node.RefuseAsync(_node.Governor, rollup, add, "ShapeNotAnnounced(uint256)");

        await _node.MineAtAsync(SmallBatch.Time + 99);
        await _node.Client.RequestAsync("evm_setNextBlockTimestamp", SmallBatch.Time + 100);
        await _node.SendAsync(_node.Governor, rollup, announce);
        await _node.MineAtAsync(SmallBatch.Time + 100 + Delay - 10);
        await _node.RefuseAsync(_node.Governor, rollup, add, "ShapeTooEarly(uint256,uint256)");
        await _node.RefuseAsync(Stranger, rollup, batch, "UnknownShape(uint256)");

        await _node.MineAtAsync(SmallBatch.Time + 100 + Delay);
        await _node.RefuseAsync(_node.Guardian, rollup, add, "NotHolder(uint8,address)");
        await _node.SendAsync(_node.Governor, rollup, add);
        await _node.SendAsync(Stranger, rollup, batch);
        Assert.Equal(1, await _node.ReadAsync(rollup, "batchNumber()"));
        await _node.AssertEventAsync(rollup, $"ShapeAnnounced(uint256 indexed,{ShapeType},uint256)", [1, .. shape.Words, SmallBatch.Time + 100 + Delay]);
        Assert.Equal([[0, .. shape.Words], [1, .. shape.Words]], await _node.EventsAsync(rollup, $"ShapeAdded(uint256 indexed,{ShapeType})"));
    }

    [Fact]
    public async Task No_shape_is_replaced()
    {
        var (rollup, shape) = await DeployAsync();
        await _node.RefuseAsync(_node.Governor, rollup, Call(Announce, [0, .. shape.Words]), "ShapeExists(uint256)");
        await _node.SendAsync(_node.Governor, rollup, Call(Announce, [1, .. shape.Words]));
        await _node.RefuseAsync(_node.Governor, rollup, Call(Announce, [1, .. shape.Words]), "ShapeExists(uint256)");
        await _node.MineAtAsync(SmallBatch.Time + 100 + Delay);
        await _node.SendAsync(_node.Governor, rollup, Call("addShape(uint256)", 1));
        await _node.RefuseAsync(_node.Governor, rollup, Call(Announce, [1, .. shape.Words]), "ShapeExists(uint256)");
        await _node.RefuseAsync(_node.Governor, rollup, Call("addShape(uint256)", 1), "ShapeNotAnnounced(uint256)");
    }

    [Fact]
    public async Task An_announcement_taken_back_starts_anew()
    {
        var (rollup, shape) = await DeployAsync();
        await _node.RefuseAsync(_node.Governor, rollup, Call("withdrawShape(uint256)", 1), "ShapeNotAnnounced(uint256)");
        await _node.SendAsync(_node.Governor, rollup, Call(Announce, [1, .. shape.Words]));
        await _node.RefuseAsync(_node.Guardian, rollup, Call("withdrawShape(uint256)", 1), "NotHolder(uint8,address)");
        await _node.SendAsync(_node.Governor, rollup, Call("withdrawShape(uint256)", 1));
        await _node.AssertEventAsync(rollup, "ShapeWithdrawn(uint256 indexed)", 1);
        await _node.MineAtAsync(SmallBatch.Time + 100 + Delay);
        await _node.RefuseAsync(_node.Governor, rollup, Call("addShape(uint256)", 1), "ShapeNotAnnounced(uint256)");
        await _node.SendAsync(_node.Governor, rollup, Call(Announce, [1, .. shape.Words]));
        await _node.RefuseAsync(_node.Governor, rollup, Call("addShape(uint256)", 1), "ShapeTooEarly(uint256,uint256)");
    }

    [Fact]
    public async Task A_shape_has_a_verifier()
    {
        var (rollup, shape) = await DeployAsync();
        var without = shape with { Verifier = AnvilNode.Number(Stranger) };
        await _node.RefuseAsync(_node.Governor, rollup, Call(Announce, [1, .. without.Words]), "NoVerifier(address)");
        await _node.SendAsync(_node.Governor, rollup, Call(Announce, [1, .. shape.Words]));
    }

    public void Dispose() => _node.Dispose();

    private static byte[] Call(string signature, params BigInteger[] arguments) => new AbiWriter().Add(arguments).ToBytes(signature);

    /// <summary>A rollup that takes old batches, and a shape for its batch.</summary>
    private async Task<(string Rollup, RegisteredShape Shape)> DeployAsync()
    {
        RegisteredShape? shape = null;
        var (rollup, _) = await proved.DeployAsync(_node, deployment =>
        {
            shape = deployment.Shapes[0];
            return deployment with { Window = 2 * Delay };
        });
        return (rollup, shape!);
    }
}
