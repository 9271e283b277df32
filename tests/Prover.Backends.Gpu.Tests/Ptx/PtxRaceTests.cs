namespace Prover.Backends.Gpu.Tests;

/// <summary>Accesses that race are found in whatever order the threads run; each stands beside the nearest that does not race.</summary>
public sealed class PtxRaceTests
{
    private const string Read = "ld.global.u32 %r1, [%d0];";
    private const string Write = "st.global.u32 [%d0], %r0;";
    private const string WriteSame = "st.global.u32 [%d0], 5;";
    private const string ReadShared = "ld.shared.u32 %r1, [word];";
    private const string WriteShared = "st.shared.u32 [word], %r0;";
    private const string Add = "atom.global.add.u32 %r1, [%d0], 1;";
    private const string Barrier = "bar.sync 0;";

    /// <summary>What the first thread does, and what the others do before or after a barrier.</summary>
    [Theory]
    [InlineData(Write, Read, true)]
    [InlineData(Read, Write, true)]
    [InlineData(Write, Write, true)]
    [InlineData(Add, Read, true)]
    [InlineData(Read, Add, true)]
    [InlineData(Add, Write, true)]
    [InlineData(WriteShared, ReadShared, true)]
    [InlineData(Read, Read, false)]
    [InlineData(Add, Add, false)]
    [InlineData(WriteSame, WriteSame, false)]
    [InlineData(Write, ReadShared, false)]
    public void A_barrier_orders_what_threads_do(string first, string other, bool races)
    {
        for (var seed = 0; seed < 4; seed++)
        {
            Expect(races, "since the last barrier", Text(first, other, barrier: ""), blocks: 1, threads: 2, seed);
            Expect(false, "", Text(first, other, Barrier), blocks: 1, threads: 2, seed);
            Expect(false, "", Text(other, first, Barrier), blocks: 1, threads: 2, seed);
        }
    }

    /// <summary>Nothing orders what blocks of one launch do, and every access of a launch comes after those of the launch before.</summary>
    [Theory]
    [InlineData(Write, Read, true)]
    [InlineData(Read, Write, true)]
    [InlineData(Write, Write, true)]
    [InlineData(Add, Read, true)]
    [InlineData(Read, Add, true)]
    [InlineData(Read, Read, false)]
    [InlineData(Add, Add, false)]
    [InlineData(WriteSame, WriteSame, false)]
    [InlineData(WriteShared, ReadShared, false)]
    public void Nothing_orders_what_blocks_do(string first, string other, bool races)
    {
        for (var seed = 0; seed < 4; seed++)
        {
            Expect(races, "another block", Text(first, other, "").Replace("%tid.x", "%ctaid.x", StringComparison.Ordinal), blocks: 2, threads: 1, seed);
        }

        var memory = new PtxMemory();
        var buffer = memory.Allocate<uint>("buffer", [1]);
        foreach (var body in new[] { first, other, first })
        {
            PtxGrid.Run(PtxModule.Parse(Text(body, body, "")), memory, Launch(buffer, blocks: 1, threads: 1, seed: 0));
        }
    }

    private static void Expect(bool races, string message, string text, int blocks, int threads, int seed)
    {
        var memory = new PtxMemory();
        var launch = Launch(memory.Allocate<uint>("buffer", [1]), blocks, threads, seed);
        if (races)
            Assert.Matches(message, Assert.Throws<PtxFaultException>(() => PtxGrid.Run(PtxModule.Parse(text), memory, launch)).Message);
        else
            PtxGrid.Run(PtxModule.Parse(text), memory, launch);

        PtxGrid.Run(PtxModule.Parse(text), memory, launch with { FindsRaces = false });
    }

    private static PtxLaunch Launch(PtxRegion buffer, int blocks, int threads, int seed) =>
        new(new PtxExtent(blocks), new PtxExtent(threads), BitConverter.GetBytes(buffer.Address)) { Seed = seed };

    private static string Text(string first, string other, string barrier) => PtxTexts.OneThread(
        $"""
        .shared .align 4 .u32 word;
        st.shared.u32 [word], 9;
        {Barrier}
        mov.u32 %r0, %tid.x;
        setp.eq.u32 %p0, %r0, 0;
        @%p0 {first}
        {barrier}
        @!%p0 {other}
        """);
}
