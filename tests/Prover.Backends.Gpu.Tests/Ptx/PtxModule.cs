namespace Prover.Backends.Gpu.Tests;

/// <summary>A module of PTX with one kernel, decoded and ready to be launched on a <see cref="PtxGrid"/>.</summary>
/// <remarks>
/// Integers only, and no warp instructions: what is not known is a <see cref="PtxException"/>, never skipped. The text is that of the "PTX
/// ISA", by whose section titles the code refers to it.
/// </remarks>
internal sealed class PtxModule
{
    public const int WarpSize = 32;

    /// <summary>What a generic address of shared memory has above the address within shared memory.</summary>
    public const ulong SharedWindow = 0x7FFF_0000_0000;

    /// <summary>The same for local memory.</summary>
    public const ulong LocalWindow = 0x7FFE_0000_0000;

    /// <summary>Where a module's own global and constant arrays lie.</summary>
    public const ulong GlobalsAddress = 0x7FFD_0000_0000;

    /// <summary>Shared and local memory begin above zero, so that no null pointer is good.</summary>
    public const ulong FirstAddress = 1024;

    private readonly string[] _text;

    private PtxModule(string text)
    {
        _text = text.Split('\n');
        var parser = new PtxParser(text);
        Entry = parser.Entry ?? throw new PtxException(_text.Length, "There is no kernel.");
        SharedSize = Place(parser, PtxSpace.Shared, FirstAddress, variable => variable.Size > 0);
        var dynamicAddress = (FirstAddress + (ulong)SharedSize + 15) & ~15UL;
        Place(parser, PtxSpace.Shared, dynamicAddress, variable => variable.Size == 0, isOverlaid: true);
        DynamicSharedOffset = (int)(dynamicAddress - FirstAddress);
        LocalSize = Place(parser, PtxSpace.Local, FirstAddress);
        ParameterSize = Place(parser, PtxSpace.Param, 0);
        Globals = PlaceGlobals(parser);
        MaxThreads = parser.MaxThreads;

        var decoder = new PtxDecoder(parser);
        Operations = decoder.Operations;
        Lines = decoder.Lines;
        CallCount = decoder.CallCount;
        InitialSlots = parser.Slots.Initial();
    }

    public PtxFunction Entry { get; }

    public PtxOperation[] Operations { get; }

    public int[] Lines { get; }

    public ulong[] InitialSlots { get; }

    /// <summary>How many call instructions the text has.</summary>
    public int CallCount { get; }

    /// <summary>Bytes of shared memory that the module itself declares.</summary>
    public int SharedSize { get; }

    /// <summary>Where dynamic shared memory begins, which a launch sizes.</summary>
    public int DynamicSharedOffset { get; }

    /// <summary>Bytes of local memory a thread has: what did not fit registers.</summary>
    public int LocalSize { get; }

    /// <summary>Bytes of the parameters of all functions.</summary>
    public int ParameterSize { get; }

    public int MaxThreads { get; }

    /// <summary>The module's own global and constant arrays, which live as long as it does.</summary>
    public PtxRegion Globals { get; }

    /// <exception cref="PtxException">The text is not understood.</exception>
    public static PtxModule Parse(string text) => new(text);

    /// <summary>The line that an operation comes from, with its number.</summary>
    public string Describe(int operation)
    {
        var line = Lines[operation];
        return $"PTX line {line}, {_text[line - 1].Trim()}";
    }

    private static PtxRegion PlaceGlobals(PtxParser parser)
    {
        var size = Place(parser, PtxSpace.Global, GlobalsAddress);
        size += Place(parser, PtxSpace.Const, GlobalsAddress + (ulong)size);
        var globals = new PtxRegion("the module's arrays", GlobalsAddress, size);
        globals.Write(0, new byte[size]);
        foreach (var variable in parser.Variables.Where(variable => variable.Initial is not null))
        {
            globals.Write((int)(variable.Address - GlobalsAddress), variable.Initial);
        }

        return globals;
    }

    /// <summary>Gives the variables of a space their addresses and returns how many bytes they take.</summary>
    private static int Place(PtxParser parser, PtxSpace space, ulong first, Func<PtxVariable, bool>? which = null, bool isOverlaid = false)
    {
        var address = first;
        foreach (var variable in parser.Variables.Where(variable => variable.Space == space && (which is null || which(variable))))
        {
            var alignment = (ulong)variable.Alignment;
            variable.Address = isOverlaid ? first : (address + alignment - 1) / alignment * alignment;
            address = variable.Address + (ulong)variable.Size;
        }

        return (int)(address - first);
    }
}
