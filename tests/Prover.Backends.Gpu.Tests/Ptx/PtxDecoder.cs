namespace Prover.Backends.Gpu.Tests;

/// <summary>Turns the statements of every function into operations, once: names become slots, labels become places.</summary>
internal sealed partial class PtxDecoder
{
    private readonly PtxParser _parser;
    private readonly List<PtxOperation> _operations = [];
    private readonly List<int> _lines = [];
    private readonly List<(int Operation, string Caller, string Function)> _calls = [];
    private readonly List<(int Operation, string Label)> _branches = [];
    private readonly HashSet<int> _written = [];
    private readonly Dictionary<int, int> _firstReads = [];
    private PtxFunction _function = null!;
    private PtxStatement _statement = new(Line: 1, Guard: null, GuardNegated: false, Instruction: "", Operands: []);
    private PtxInstructionName _name = null!;
    private FlagState _flag;

    public PtxDecoder(PtxParser parser)
    {
        _parser = parser;
        foreach (var function in parser.Functions.Values)
        {
            Decode(function);
        }

        Link();
        RequireWrites();
    }

    /// <summary>What the carry flag holds where the text stands; at a label, a branch and a call it is lost.</summary>
    private enum FlagState
    {
        Lost,
        Carry,
        Borrow,
    }

    public PtxOperation[] Operations => [.. _operations];

    /// <summary>The line of the text that each operation comes from.</summary>
    public int[] Lines => [.. _lines];

    /// <summary>How many call instructions there are.</summary>
    public int CallCount => _calls.Count;

    private void Decode(PtxFunction function)
    {
        _function = function;
        function.Start = _operations.Count;
        var starts = new int[function.Statements.Count + 1];
        var labelled = function.Labels.Values.ToHashSet();
        for (var i = 0; i < function.Statements.Count; i++)
        {
            starts[i] = _operations.Count;
            if (labelled.Contains(i))
                _flag = FlagState.Lost;

            Decode(function.Statements[i]);
        }

        starts[^1] = _operations.Count;
        Emit(new() { Code = PtxOpcode.Return });
        foreach (var (operation, label) in _branches)
        {
            if (!function.Labels.TryGetValue(label, out var statement))
                throw new PtxException(_lines[operation], $"There is no label {label} in {function.Name}.");

            SetTarget(operation, starts[statement]);
        }

        _branches.Clear();
    }

    private void Decode(PtxStatement statement)
    {
        _statement = statement;
        _name = new PtxInstructionName(statement);
        if (_name.Head == "bra")
        {
            Branch();
            return;
        }

        var skip = _operations.Count;
        if (statement.Guard is not null)
            EmitGuard(wantsTrue: statement.GuardNegated, target: 0);

        DecodeUnguarded();
        _name.RequireNothingLeft();
        if (statement.Guard is not null)
            SetTarget(skip, _operations.Count);
    }

    private void DecodeUnguarded()
    {
        switch (_name.Head)
        {
            case "call":
                Call();
                break;
            case "ret":
                _name.Ignore("uni");
                Emit(new() { Code = PtxOpcode.Return });
                break;
            case "bar" or "barrier":
                Barrier();
                break;
            case "membar" or "fence":
                // Threads run one after another and see memory alike.
                _name.Ignore("cta", "gl", "sys", "gpu", "sc", "acq_rel");
                Emit(new() { Code = PtxOpcode.Nothing });
                break;
            default:
                if (!TryDecodeMove() && !TryDecodeMemory() && !TryDecodeArithmetic() && !TryDecodeBits())
                    throw _name.Unknown();

                break;
        }
    }

    private void Branch()
    {
        _name.Ignore("uni");
        _name.RequireNothingLeft();
        var label = OperandCount(1)[0] is PtxOperand.Name name ? name.Text : throw Malformed();
        _branches.Add((_operations.Count, label));
        if (_statement.Guard is null)
            Emit(new() { Code = PtxOpcode.Branch });
        else
            EmitGuard(wantsTrue: !_statement.GuardNegated, target: 0);

        _flag = FlagState.Lost;
    }

    private void Barrier()
    {
        // Only what all threads of a warp execute together, which bar without more means.
        if (_name.Head == "barrier" && !_name.Take("aligned"))
            throw _name.Unknown();

        _name.Ignore("cta");
        if (!_name.Take("sync") || OperandCount(1)[0] is not PtxOperand.Immediate { Value: < 16 } barrier)
            throw _name.Unknown();

        Emit(new() { Code = PtxOpcode.Barrier, A = (int)barrier.Value });
    }

    private void EmitGuard(bool wantsTrue, int target) => Emit(new()
    {
        Code = wantsTrue ? PtxOpcode.BranchIf : PtxOpcode.BranchUnless,
        A = ReadSlot(_statement.Guard!),
        Target = target,
    });

    private void Emit(PtxOperation operation)
    {
        _operations.Add(operation);
        _lines.Add(_statement.Line);
    }

    private void SetTarget(int operation, int target) => _operations[operation] = _operations[operation] with { Target = target };

    private PtxException Malformed() => new(_statement.Line, $"The operands of {_statement.Instruction} are not understood.");
}
