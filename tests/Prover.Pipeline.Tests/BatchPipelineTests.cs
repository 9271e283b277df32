using System.Collections.Immutable;
using Prover.Backends;
using Prover.BatchGenerator;
using Prover.Margin;
using Prover.Testing;

namespace Prover.Pipeline.Tests;

/// <summary>What the pipeline refuses before it proves; proving itself is tested on the command line and on a chain.</summary>
public sealed class BatchPipelineTests : IDisposable
{
    private static readonly Exchange Exchange = new("pipeline");

    private readonly string _folder = Directory.CreateTempSubdirectory("prover-pipeline-").FullName;

    [Fact]
    public void A_refused_transaction_stops_the_batch_before_anything_is_compiled()
    {
        var error = Assert.Throws<RefusedBatchException>(() => Prove(CancellationToken.None));
        Assert.StartsWith("refused: transaction 0: bad signature", error.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(_folder));
    }

    [Fact]
    public void A_cancelled_run_stops() => Assert.Throws<OperationCanceledException>(() => Prove(new CancellationToken(canceled: true)));

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private BatchProof Prove(CancellationToken cancellation)
    {
        var shape = new BatchShape(Depth: 2, Slots: 2, Markets: 2, Orders: 1, Deposits: 0, Trades: 0, Withdrawals: 1);
        var batch = new Batch(
            shape,
            1,
            1_764_000_000,
            Exchange.Configuration,
            Exchange.Genesis(shape),
            [Exchange.Withdraw(3, 0, 1, 1)]);
        using var devices = new DevicePool([new ReferenceBackend()], openCpu: null, warn: _ => { });
        return new BatchPipeline(Repository.PathOf("circuits"), new(_folder)).Prove(batch, devices, cancellationToken: cancellation);
    }
}
