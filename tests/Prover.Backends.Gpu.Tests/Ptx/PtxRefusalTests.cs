namespace Prover.Backends.Gpu.Tests;

/// <summary>What the interpreter refuses, each beside the nearest that it takes.</summary>
public sealed class PtxRefusalTests
{
    /// <summary>One thread with a buffer of four words.</summary>
    [Theory]
    [InlineData("ld.global.u32 %r0, [%d0+12];", "ld.global.u32 %r0, [%d0+16];", "uses 4 bytes at 0x700000000010, 16 bytes into buffer, which has 16 bytes")]
    [InlineData("ld.global.u32 %r0, [%d0+0];", "ld.global.u32 %r0, [%d0+-4];", "which has 16 bytes|where no memory is")]
    [InlineData("st.global.u64 [%d0+8], %d0;", "st.global.u64 [%d0+12], %d0;", "no multiple of 8")]
    [InlineData("st.global.u64 [%d0+8], %d0;", "st.global.u64 [%d0+16], %d0;", "16 bytes into buffer")]
    [InlineData("ld.global.v4.u32 {%r0, %r1, %r2, %r3}, [%d0];", "ld.global.v4.u32 {%r0, %r1, %r2, %r3}, [%d0+8];", "no multiple of 16")]
    [InlineData("ld.global.u16 %r0, [%d0+2];", "ld.global.u16 %r0, [%d0+1];", "no multiple of 2")]
    [InlineData("st.shared.u32 [pair], 1; ld.shared.u32 %r0, [pair];", "st.shared.u32 [pair], 1; ld.shared.u32 %r0, [pair+4];", "of which some were never written")]
    [InlineData("st.shared.u32 [pair+4], 1;", "st.shared.u32 [pair+8], 1;", "8 bytes into shared memory, which has 8 bytes")]
    [InlineData("mov.u64 %d1, pair; st.shared.u32 [%d1], 1;", "mov.u64 %d1, pair; st.u32 [%d1], 1;", "where no memory is")]
    [InlineData("mov.u64 %d1, pair; cvta.shared.u64 %d1, %d1; st.u32 [%d1], 1;", "mov.u64 %d1, pair; cvta.shared.u64 %d1, %d1; st.global.u32 [%d1], 1;", "where no memory is")]
    [InlineData("st.local.u32 [own], 1; ld.local.u32 %r0, [own];", "ld.local.u32 %r0, [own];", "of which some were never written")]
    [InlineData("div.u32 %r0, 7, 1;", "div.u32 %r0, 7, 0;", "divides by zero")]
    [InlineData("mov.u32 %r0, 400; Loop: sub.u32 %r0, %r0, 1; setp.ne.u32 %p0, %r0, 0; @%p0 bra Loop;", "Loop: bra Loop;", "has not ended")]
    public void Faults(string accepted, string refused, string message)
    {
        Assert.Equal(4, Run(accepted).Length);
        var fault = Assert.Throws<PtxFaultException>(() => Run(refused));
        Assert.Contains(message.Split('|'), part => fault.Message.Contains(part, StringComparison.Ordinal));
        Assert.Contains("thread (0, 0, 0) of block (0, 0, 0)", fault.Message, StringComparison.Ordinal);
        Assert.Matches("^PTX line [0-9]+, ", fault.Message);
    }

    [Theory]
    [InlineData("add.u32 %r0, %r1, 1;", "frobnicate.u32 %r0, %r1, 1;", "frobnicate.u32 is unknown")]
    [InlineData("add.u32 %r0, %r1, 1;", "add.sat.s32 %r0, %r1, 1;", "add.sat.s32 is unknown")]
    [InlineData("add.u32 %r0, %r1, 1;", "add.f32 %r0, %r1, 1;", "add.f32 is unknown")]
    [InlineData("add.u32 %r0, %r1, 1;", "add.u32 %r0, %d1, 1;", "wants 32 bits, and a register has 64")]
    [InlineData("add.u32 %r0, %r1, 1;", "add.u32 %r0, %r8, 1;", "operands of add.u32")]
    [InlineData("add.u32 %r0, %r1, 1;", "add.u32 %r0, %r1;", "operands of add.u32")]
    [InlineData("add.u32 %r0, %r1, 1;", "add.u32 %r0, %r7, 1;", "nothing writes")]
    [InlineData("@%p0 bra Here; Here:", "@%p1 bra Here; Here:", "nothing writes")]
    [InlineData("mov.u32 %r0, %tid.x;", "mov.u32 %tid.x, %r0;", "operands of mov.u32")]
    [InlineData("mov.u32 %r0, %tid.x;", "add.u32 %r0, %tid.x, 1;", "operands of add.u32")]
    [InlineData("add.cc.u32 %r0, %r1, 1; addc.u32 %r2, %r1, 0;", "add.u32 %r0, %r1, 1; addc.u32 %r2, %r1, 0;", "no Carry")]
    [InlineData("add.cc.u32 %r0, %r1, 1; addc.u32 %r2, %r1, 0;", "sub.cc.u32 %r0, %r1, 1; addc.u32 %r2, %r1, 0;", "no Carry")]
    [InlineData("sub.cc.u32 %r0, %r1, 1; subc.u32 %r2, %r1, 0;", "add.cc.u32 %r0, %r1, 1; subc.u32 %r2, %r1, 0;", "no Borrow")]
    [InlineData("add.cc.u32 %r0, %r1, 1; addc.u32 %r2, %r1, 0;", "add.cc.u32 %r0, %r1, 1; Here: addc.u32 %r2, %r1, 0;", "no Carry")]
    [InlineData("mad.lo.u32 %r0, %r1, %r1, 1;", "mad.wide.cc.u32 %d0, %r1, %r1, %d0;", "mad.wide.cc.u32 is unknown")]
    [InlineData("setp.lt.u32 %p0, %r0, %r1;", "setp.lt.b32 %p0, %r0, %r1;", "setp.lt.b32 is unknown")]
    [InlineData("setp.lo.u32 %p0, %r0, %r1;", "setp.lo.s32 %p0, %r0, %r1;", "setp.lo.s32 is unknown")]
    [InlineData("Here: @%p0 bra Here;", "Here: @%p0 bra There;", "no label There")]
    [InlineData("Here: @%p0 bra Here;", "Here: @%r0 bra Here;", "%r0 is no predicate")]
    [InlineData("Here: @%p0 bra Here;", "Here: Here: @%p0 bra Here;", "Here stands twice")]
    [InlineData("call Once;", "call Twice;", "names no function")]
    [InlineData("bar.sync 0;", "bar.arrive 0, 64;", "bar.arrive is unknown")]
    [InlineData("bar.sync 15;", "bar.sync 16;", "bar.sync is unknown")]
    [InlineData(".reg .b32 %x;", ".reg .f32 %x;", ".f32 is no type")]
    [InlineData(".reg .b32 %x;", ".reg .b32 %r7;.reg .b32 %r7;", "%r7 is declared twice")]
    [InlineData(".reg .b32 %x;", ".pragma \"nounroll\";", "directive .pragma is unknown")]
    [InlineData("atom.global.add.u32 %r0, [%d0], 1;", "atom.global.add.b32 %r0, [%d0], 1;", "atom.global.add.b32 is unknown")]
    [InlineData("ld.global.u32 %r0, [%d0+-4];", "ld.global.u32 %r0, [%d0-4];", "- stands where ]")]
    [InlineData("mov.u32 %r0, 1;", "mov.u32 %r0, 1", "where ; must")]
    [InlineData("ld.param.u64 %d0, [buffer];", "ld.param.u64 %d0, [buffer+8];", "buffer has 8 bytes")]
    public void Texts(string accepted, string refused, string message)
    {
        PtxModule.Parse(Text(accepted));
        var error = Assert.Throws<PtxException>(() => PtxModule.Parse(Text(refused)));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.Matches("^PTX line [0-9]+: ", error.Message);
    }

    [Theory]
    [InlineData("call B;", "", null)]
    [InlineData("call A;", "", "A calls itself")]
    [InlineData("call B;", "call A;", "calls itself")]
    public void A_function_must_not_call_itself(string inA, string inB, string? message)
    {
        var text = PtxTexts.OneThread("call A;", $$""".func B(); .func A() { {{inA}} ret; } .func B() { {{inB}} ret; }""");
        if (message is null)
            Assert.Equal([4u], PtxTexts.Run(text, [4u]));
        else
            Assert.Contains(message, Assert.Throws<PtxException>(() => PtxModule.Parse(text)).Message, StringComparison.Ordinal);
    }

    /// <summary>Half of the threads take another way, which is good if all of a warp go together.</summary>
    [Theory]
    [InlineData(32, null)]
    [InlineData(1, "waits at this barrier")]
    public void A_warp_must_come_to_one_barrier(int bit, string? message) =>
        Barriers($"mov.u32 %r0, %tid.x; and.b32 %r0, %r0, {bit}; setp.ne.u32 %p0, %r0, 0; @%p0 bra Other; bar.sync 0; bra Out; Other: bar.sync 0; Out:", ended: true, message);

    [Theory]
    [InlineData(0, null)]
    [InlineData(1, "waits at this barrier")]
    public void A_block_must_come_to_one_barrier(int other, string? message) =>
        Barriers($"mov.u32 %r0, %tid.x; and.b32 %r0, %r0, 32; setp.ne.u32 %p0, %r0, 0; @%p0 bra Other; bar.sync 0; bra Out; Other: bar.sync {other}; Out:", ended: true, message);

    /// <summary>CUDA's barrier does not wait for threads that have ended, but OpenCL's does.</summary>
    [Theory]
    [InlineData(true, null)]
    [InlineData(false, "has ended")]
    public void Threads_that_have_ended_arrive_if_wished(bool ended, string? message) =>
        Barriers("mov.u32 %r0, %tid.x; setp.gt.u32 %p0, %r0, 5; @%p0 ret; bar.sync 0;", ended, message);

    [Theory]
    [InlineData(1024, null)]
    [InlineData(1025, "A block of 1,025 threads")]
    public void Blocks_have_an_upper_size(int threads, string? message) => Expect(message, () => PtxTexts.Run(Text(""), [0u], threads));

    [Theory]
    [InlineData(8, null)]
    [InlineData(4, "parameters of 8 bytes, got 4")]
    public void Arguments_must_have_the_size_of_the_parameters(int size, string? message) =>
        Expect(message, () => PtxTexts.Run(Text(""), [0u], adjust: launch => launch with { Arguments = [new byte[size]] }));

    [Fact]
    public void A_result_must_be_written()
    {
        var memory = new PtxMemory();
        var buffer = memory.AllocateUnwritten("result", 8);
        buffer.Write(buffer.Address, 4, 1);
        Assert.Contains("Byte 4 of the 8 of result was never written", Assert.Throws<PtxFaultException>(buffer.ToArray<uint>).Message, StringComparison.Ordinal);
        buffer.Write(buffer.Address + 4, 4, 2);
        Assert.Equal([1u, 2], buffer.ToArray<uint>());
    }

    private static void Barriers(string body, bool ended, string? message) =>
        Expect(message, () => PtxTexts.Run(Text(body), [0u], threads: 64, launch => launch with { EndedThreadsArrive = ended }));

    private static void Expect(string? message, Action action)
    {
        if (message is null)
            action();
        else
            Assert.Contains(message, Assert.Throws<PtxFaultException>(action).Message, StringComparison.Ordinal);
    }

    private static uint[] Run(string body) => PtxTexts.Run(Text(body), [1u, 2, 3, 4], adjust: launch => launch with { Limit = 10_000 });

    private static string Text(string body) => PtxTexts.OneThread(
        ".shared .align 4 .b8 pair[8];\n.local .align 4 .b8 own[4];\n"
            + "mov.u32 %r0, 0; mov.u32 %r1, 0; mov.u64 %d1, 0; setp.ne.u32 %p0, %r0, 0;\n" + body,
        ".func Once() { ret; }");
}
