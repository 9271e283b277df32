namespace Prover.Backends.Gpu.Tests;

/// <summary>State spaces (PTX ISA, "State Spaces"); generic is what an instruction that names none means.</summary>
internal enum PtxSpace : byte
{
    Generic,
    Global,
    Const,
    Shared,
    Local,
    Param,
}

/// <summary>A register: where it lies among a thread's slots.</summary>
internal sealed record PtxRegister(int Slot, PtxType Type);

/// <summary>A declared variable or parameter; its offset within its state space is known once the whole module is read.</summary>
internal sealed record PtxVariable(string Name, PtxSpace Space, int Size, int Alignment)
{
    public ulong Address { get; set; }

    /// <summary>The bytes a module gives a global or constant array, the rest being zero; null without an initialiser.</summary>
    public byte[]? Initial { get; init; }
}

/// <summary>The names declared between two braces.</summary>
internal sealed class PtxScope(PtxScope? parent)
{
    private readonly Dictionary<string, object> _symbols = [];

    public void Declare(string name, object symbol, int line)
    {
        if (!_symbols.TryAdd(name, symbol))
            throw new PtxException(line, $"{name} is declared twice.");
    }

    /// <summary>The register or variable that the name means here, from inside out; null if there is none.</summary>
    public object? Find(string name) => _symbols.TryGetValue(name, out var symbol) ? symbol : parent?.Find(name);
}

/// <summary>A function or kernel: what it takes and gives, and its statements before they are decoded.</summary>
internal sealed class PtxFunction(string name, List<PtxVariable> results, List<PtxVariable> parameters)
{
    public string Name => name;

    public List<PtxVariable> Results => results;

    public List<PtxVariable> Parameters => parameters;

    public List<PtxStatement> Statements { get; } = [];

    /// <summary>For each label, the statement it stands before.</summary>
    public Dictionary<string, int> Labels { get; } = [];

    /// <summary>Where its code begins.</summary>
    public int Start { get; set; }
}

/// <summary>An instruction as written: its name with modifiers, its operands, and the predicate that guards it.</summary>
internal sealed record PtxStatement(int Line, PtxRegister? Guard, bool GuardNegated, string Instruction, PtxOperand[] Operands);

/// <summary>An operand of an instruction.</summary>
internal abstract record PtxOperand
{
    public sealed record OfRegister(PtxRegister Register) : PtxOperand;

    public sealed record Immediate(ulong Value) : PtxOperand;

    public sealed record OfVariable(PtxVariable Variable) : PtxOperand;

    /// <summary>[base + offset]</summary>
    public sealed record Address(PtxOperand Base, long Offset) : PtxOperand;

    /// <summary>{a, b, …} of a vector, or (a, b, …) of a call.</summary>
    public sealed record Many(PtxOperand[] Elements) : PtxOperand;

    /// <summary>A label or a function, which may be declared further down.</summary>
    public sealed record Name(string Text) : PtxOperand;
}
