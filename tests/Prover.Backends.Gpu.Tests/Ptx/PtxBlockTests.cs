namespace Prover.Backends.Gpu.Tests;

/// <summary>Threads that work together: shared memory, barriers, atomic operations, calls.</summary>
public sealed class PtxBlockTests
{
    private const int Threads = 64;
    private const int Blocks = 5;

    public static TheoryData<int> Seeds { get; } = [0, 1, 2, 3];

    /// <summary>Each block adds its numbers as a tree in shared memory, and all blocks add to one total.</summary>
    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_tree_of_sums_in_shared_memory_adds_all_numbers(int seed)
    {
        var numbers = Enumerable.Range(0, Threads * Blocks).Select(i => (uint)(i * i + 7)).ToArray();
        var (sums, total) = Sum(TreeOfSums("bar.sync 0;"), numbers, seed);
        Assert.Equal(numbers.Chunk(Threads).Select(chunk => (uint)chunk.Sum(number => number)), sums);
        Assert.Equal((uint)numbers.Sum(number => number), total);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_tree_without_its_barrier_is_refused(int seed)
    {
        var numbers = Enumerable.Range(0, Threads * Blocks).Select(i => (uint)(i * i + 7)).ToArray();
        var fault = Assert.Throws<PtxFaultException>(() => Sum(TreeOfSums(""), numbers, seed));
        Assert.Matches("of which some were never written|since the last barrier", fault.Message);
    }

    /// <summary>What an atomic operation leaves behind, and that it gives what was there before.</summary>
    [Theory]
    [InlineData("add.u32", 13, 1013)]
    [InlineData("add.s32", 13, 1013)]
    [InlineData("exch.b32", 13, 13)]
    [InlineData("and.b32", 13, 1000 & 13)]
    [InlineData("or.b32", 13, 1000 | 13)]
    [InlineData("xor.b32", 13, 1000 ^ 13)]
    [InlineData("min.u32", -1, 1000)]
    [InlineData("min.s32", -1, -1)]
    [InlineData("max.u32", -1, -1)]
    [InlineData("max.s32", -1, 1000)]
    public void Atomic_operations_give_the_old_value(string operation, int operand, int expected)
    {
        var text = PtxTexts.OneThread($$"""
            .shared .align 4 .u32 word;
            mov.u64 %d2, word;
            cvta.shared.u64 %d3, %d2;
            ld.global.u32 %r0, [%d0];
            st.shared.u32 [word], %r0;
            atom.shared.{{operation}} %r1, [word], {{operand}};
            ld.u32 %r2, [%d3];
            atom.global.{{operation}} %r3, [%d0], {{operand}};
            st.global.v2.u32 [%d0+8], {%r1, %r2};
            st.global.u32 [%d0+4], %r3;
            """);
        Assert.Equal([(uint)expected, 1000, 1000, (uint)expected], PtxTexts.Run(text, [1000u, 0, 0, 0]));
    }

    [Theory]
    [InlineData(1000, 5)]
    [InlineData(999, 1000)]
    public void A_swap_happens_if_the_value_is_as_expected(int compared, uint expected)
    {
        var text = PtxTexts.OneThread($"atom.global.cas.b32 %r1, [%d0], {compared}, 5; st.global.u32 [%d0+4], %r1;");
        Assert.Equal([expected, 1000], PtxTexts.Run(text, [1000u, 0]));
    }

    /// <summary>Arguments go by parameters declared in a scope of the call, as compilers write it.</summary>
    [Fact]
    public void Functions_take_arguments_and_give_results()
    {
        const string Function = """
            .visible .func (.param .align 4 .b8 result[8]) SumAndDifference(.param .align 4 .b8 pair[8], .param .b32 third);
            .visible .func (.param .align 4 .b8 result[8]) SumAndDifference(.param .align 4 .b8 pair[8], .param .b32 third)
            {
                .reg .b32 %r<4>;
                ld.param.v2.u32 {%r0, %r1}, [pair];
                ld.param.u32 %r2, [third];
                add.u32 %r3, %r0, %r1;
                add.u32 %r3, %r3, %r2;
                st.param.u32 [result], %r3;
                sub.u32 %r3, %r0, %r1;
                st.param.u32 [result+4], %r3;
                ret;
            }
            """;
        const string Call = """
            ld.global.v2.u32 {%r0, %r1}, [%d0];
            {
                .param .align 4 .b8 first[8];
                .param .b32 second;
                .param .align 4 .b8 outcome[8];
                .reg .b32 sum, difference;
                st.param.v2.u32 [first], {%r0, %r1};
                st.param.u32 [second], 100;
                call.uni (outcome), SumAndDifference, (first, second);
                ld.param.v2.u32 {sum, difference}, [outcome];
                st.global.v2.u32 [%d0+8], {sum, difference};
            }
            """;
        Assert.Equal([7u, 3, 110, 4], PtxTexts.Run(PtxTexts.OneThread(Call, Function), [7u, 3, 0, 0]));
    }

    [Fact]
    public void A_module_may_bring_arrays()
    {
        const string Arrays = ".const .align 4 .u32 table[4] = {10, 0x20, 30};\n.global .align 4 .u32 counter = 5;";
        var text = PtxTexts.OneThread(
            """
            ld.const.u32 %r0, [table+4];
            ld.const.u32 %r1, [table+12];
            atom.global.add.u32 %r2, [counter], 1;
            ld.global.u32 %r3, [counter];
            st.global.v4.u32 [%d0], {%r0, %r1, %r2, %r3};
            """,
            Arrays);
        Assert.Equal([32u, 0, 5, 6], PtxTexts.Run(text, [0u, 0, 0, 0]));
    }

    private static (uint[] Sums, uint Total) Sum(string text, uint[] numbers, int seed)
    {
        var memory = new PtxMemory();
        var from = memory.Allocate<uint>("numbers", numbers);
        var sums = memory.AllocateUnwritten("sums", sizeof(uint) * Blocks);
        var total = memory.Allocate<uint>("total", [0]);
        var arguments = new[] { from, sums, total }.Select(buffer => BitConverter.GetBytes(buffer.Address)).ToArray();
        var launch = new PtxLaunch(new PtxExtent(Blocks), new PtxExtent(Threads), arguments) { Seed = seed, DynamicSharedBytes = sizeof(uint) * Threads };
        PtxGrid.Run(PtxModule.Parse(text), memory, launch);
        return (sums.ToArray<uint>(), total.ToArray<uint>()[0]);
    }

    private static string TreeOfSums(string barrier) => $$"""
        .version 7.8
        .target sm_80
        .address_size 64
        .extern .shared .align 4 .b8 tree[];
        .visible .entry TreeOfSums(.param .b64 numbers, .param .b64 sums, .param .b64 total)
        .maxntid {{Threads}}, 1, 1
        {
            .reg .pred %idle, %more;
            .reg .b32 %thread, %block, %global, %distance, %number, %other;
            .reg .b64 %place, %partner, %from, %to;
            mov.u32 %thread, %tid.x;
            mov.u32 %block, %ctaid.x;
            mov.u32 %global, %ntid.x;
            mad.lo.u32 %global, %block, %global, %thread;
            ld.param.u64 %from, [numbers];
            mad.wide.u32 %from, %global, 4, %from;
            ld.global.u32 %number, [%from];
            mov.u64 %place, tree;
            mad.wide.u32 %place, %thread, 4, %place;
            st.shared.u32 [%place], %number;
            mov.u32 %distance, {{Threads / 2}};
        Level:
            {{barrier}}
            setp.ge.u32 %idle, %thread, %distance;
            @%idle bra Next;
            mad.wide.u32 %partner, %distance, 4, %place;
            ld.shared.u32 %number, [%place];
            ld.shared.u32 %other, [%partner];
            add.u32 %number, %number, %other;
            st.shared.u32 [%place], %number;
        Next:
            shr.u32 %distance, %distance, 1;
            setp.ne.u32 %more, %distance, 0;
            @%more bra Level;
            setp.ne.u32 %idle, %thread, 0;
            @%idle ret;
            ld.param.u64 %to, [sums];
            mad.wide.u32 %to, %block, 4, %to;
            st.global.u32 [%to], %number;
            ld.param.u64 %to, [total];
            red.global.add.u32 [%to], %number;
            ret;
        }
        """;
}
