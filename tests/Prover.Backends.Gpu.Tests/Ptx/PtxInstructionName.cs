namespace Prover.Backends.Gpu.Tests;

/// <summary>An instruction's name taken apart: <c>mad.lo.cc.u32</c> is mad with the type u32 and the modifiers lo and cc.</summary>
/// <remarks>A modifier that nobody takes is an error, so none can be overlooked.</remarks>
internal sealed class PtxInstructionName
{
    private readonly int _line;
    private readonly string _text;
    private readonly List<string> _modifiers = [];
    private readonly List<PtxType> _types = [];

    public PtxInstructionName(PtxStatement statement)
    {
        _line = statement.Line;
        _text = statement.Instruction;
        var parts = _text.Split('.', StringSplitOptions.RemoveEmptyEntries);
        Head = parts[0];
        foreach (var part in parts[1..])
        {
            if (PtxType.TryParse(part, out var type))
                _types.Add(type);
            else
                _modifiers.Add(part);
        }
    }

    /// <summary>The name before its first dot.</summary>
    public string Head { get; }

    /// <summary>The only type.</summary>
    public PtxType Type => _types.Count == 1 ? _types[0] : throw Unknown();

    /// <summary>The two types, destination first.</summary>
    public (PtxType To, PtxType From) Types => _types.Count == 2 ? (_types[0], _types[1]) : throw Unknown();

    public bool Take(string modifier) => _modifiers.Remove(modifier);

    /// <summary>Takes whichever of these there are.</summary>
    public void Ignore(params ReadOnlySpan<string> modifiers)
    {
        foreach (var modifier in modifiers)
        {
            Take(modifier);
        }
    }

    /// <summary>The next modifier, whatever it is.</summary>
    public string TakeNext()
    {
        if (_modifiers.Count == 0)
            throw Unknown();

        var modifier = _modifiers[0];
        _modifiers.RemoveAt(0);
        return modifier;
    }

    /// <summary>The state space named, generic if none is.</summary>
    public PtxSpace TakeSpace() =>
        Take("global") ? PtxSpace.Global
        : Take("shared") ? PtxSpace.Shared
        : Take("local") ? PtxSpace.Local
        : Take("param") ? PtxSpace.Param
        : Take("const") ? PtxSpace.Const
        : PtxSpace.Generic;

    /// <summary>The error of an instruction that is not known in this form.</summary>
    public PtxException Unknown() => new(_line, $"The instruction {_text} is unknown.");

    public void RequireNothingLeft()
    {
        if (_modifiers.Count > 0)
            throw Unknown();
    }
}
