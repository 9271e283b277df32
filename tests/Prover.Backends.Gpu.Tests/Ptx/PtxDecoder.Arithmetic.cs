namespace Prover.Backends.Gpu.Tests;

internal sealed partial class PtxDecoder
{
    /// <summary>PTX ISA, "Integer Arithmetic Instructions" and "Extended-Precision Integer Arithmetic Instructions".</summary>
    private bool TryDecodeArithmetic()
    {
        switch (_name.Head)
        {
            case "add" or "addc":
                AddOrSubtract(FlagState.Carry, PtxOpcode.Add32, PtxOpcode.Add64, PtxOpcode.AddCarry32, PtxOpcode.AddCarry64);
                return true;
            case "sub" or "subc":
                AddOrSubtract(FlagState.Borrow, PtxOpcode.Subtract32, PtxOpcode.Subtract64, PtxOpcode.SubtractBorrow32, PtxOpcode.SubtractBorrow64);
                return true;
            case "mul":
                Multiply();
                return true;
            case "mad" or "madc":
                MultiplyAdd();
                return true;
            case "min":
                EmitUniform(BySign(_name.Type, PtxOpcode.MinimumU, PtxOpcode.MinimumS32, PtxOpcode.MinimumS64), _name.Type, sources: 2);
                return true;
            case "max":
                EmitUniform(BySign(_name.Type, PtxOpcode.MaximumU, PtxOpcode.MaximumS32, PtxOpcode.MaximumS64), _name.Type, sources: 2);
                return true;
            case "div":
                EmitUniform(BySign(_name.Type, PtxOpcode.DivideU, PtxOpcode.DivideS32, PtxOpcode.DivideS64), _name.Type, sources: 2);
                return true;
            case "rem":
                EmitUniform(BySign(_name.Type, PtxOpcode.RemainderU, PtxOpcode.RemainderS32, PtxOpcode.RemainderS64), _name.Type, sources: 2);
                return true;
            case "abs":
                EmitUniform(ByWidth(Signed(_name.Type), PtxOpcode.Absolute32, PtxOpcode.Absolute64), _name.Type, sources: 1);
                return true;
            case "neg":
                Negate();
                return true;
            case "setp":
                SetPredicate();
                return true;
            default:
                return false;
        }
    }

    private void AddOrSubtract(FlagState kind, PtxOpcode plain32, PtxOpcode plain64, PtxOpcode chained32, PtxOpcode chained64)
    {
        var type = Number(_name.Type);
        var (takes, gives) = Chain(kind);
        EmitUniform(takes || gives ? ByWidth(type, chained32, chained64) : ByWidth(type, plain32, plain64), type, sources: 2);
        SetChain(takes, gives);
    }

    private void Multiply()
    {
        var type = Number(_name.Type);
        if (_name.Take("lo"))
            EmitUniform(ByWidth(type, PtxOpcode.MultiplyLow32, PtxOpcode.MultiplyLow64), type, sources: 2);
        else if (_name.Take("hi"))
            EmitUniform(High(type, PtxOpcode.MultiplyHighU32, PtxOpcode.MultiplyHighS32, PtxOpcode.MultiplyHighU64, PtxOpcode.MultiplyHighS64), type, sources: 2);
        else if (_name.Take("wide"))
            EmitWide(type, type.IsSigned ? PtxOpcode.MultiplyWideS32 : PtxOpcode.MultiplyLow64, sources: 2);
        else
            throw _name.Unknown();
    }

    private void MultiplyAdd()
    {
        var type = Number(_name.Type);
        var (takes, gives) = Chain(FlagState.Carry);
        var isChained = takes || gives;
        if (_name.Take("lo"))
        {
            EmitUniform(
                isChained
                    ? ByWidth(type, PtxOpcode.MultiplyAddLowCarry32, PtxOpcode.MultiplyAddLowCarry64)
                    : ByWidth(type, PtxOpcode.MultiplyAddLow32, PtxOpcode.MultiplyAddLow64),
                type,
                sources: 3);
        }
        else if (_name.Take("hi"))
        {
            EmitUniform(
                isChained
                    ? High(
                        type,
                        PtxOpcode.MultiplyAddHighCarryU32,
                        PtxOpcode.MultiplyAddHighCarryS32,
                        PtxOpcode.MultiplyAddHighCarryU64,
                        PtxOpcode.MultiplyAddHighCarryS64)
                    : High(type, PtxOpcode.MultiplyAddHighU32, PtxOpcode.MultiplyAddHighS32, PtxOpcode.MultiplyAddHighU64, PtxOpcode.MultiplyAddHighS64),
                type,
                sources: 3);
        }
        else if (!isChained && _name.Take("wide"))
        {
            EmitWide(type, type.IsSigned ? PtxOpcode.MultiplyAddWideS32 : PtxOpcode.MultiplyAddLow64, sources: 3);
        }
        else
        {
            throw _name.Unknown();
        }

        SetChain(takes, gives);
    }

    /// <summary>
    /// Whether the instruction takes the flag (its name ends with c) and gives it (.cc). The flag must come from an instruction of the same
    /// kind above, with no label, branch or call between: the flag "is not preserved across calls and is mainly intended for use in
    /// straight-line code sequences", and what a borrow is to an addition is said nowhere.
    /// </summary>
    private (bool Takes, bool Gives) Chain(FlagState kind)
    {
        var takes = _name.Head.EndsWith('c');
        var gives = _name.Take("cc");
        if (takes && _flag != kind)
            throw new PtxException(_statement.Line, $"{_statement.Instruction} takes the flag of an instruction before it, and there is no {kind} ({_flag}).");

        if (gives)
            _flag = kind;

        return (takes, gives);
    }

    private void SetChain(bool takes, bool gives) =>
        _operations[^1] = _operations[^1] with { TakesCarry = (byte)(takes ? 1 : 0), GivesCarry = gives };

    /// <summary>A product of 32-bit numbers in 64 bits, to which a third source of 64 bits may be added.</summary>
    private void EmitWide(PtxType type, PtxOpcode code, int sources)
    {
        var operands = OperandCount(sources + 1);
        var narrow = Only(type, 32);
        Emit(new()
        {
            Code = code,
            D = Destination(operands[0], PtxType.Address),
            A = Source(operands[1], narrow),
            B = Source(operands[2], narrow),
            C = sources > 2 ? Source(operands[3], PtxType.Address) : 0,
        });
    }

    private PtxOpcode High(PtxType type, PtxOpcode unsigned32, PtxOpcode signed32, PtxOpcode unsigned64, PtxOpcode signed64) =>
        type.IsSigned ? ByWidth(type, signed32, signed64) : ByWidth(type, unsigned32, unsigned64);

    private void Negate()
    {
        var type = Signed(_name.Type);
        var operands = OperandCount(2);
        Emit(new()
        {
            Code = ByWidth(type, PtxOpcode.Subtract32, PtxOpcode.Subtract64),
            D = Destination(operands[0], type),
            A = _parser.Slots.Constant(0),
            B = Source(operands[1], type),
        });
    }

    private void SetPredicate()
    {
        var type = _name.Type;
        var comparison = _name.TakeNext();
        var operands = OperandCount(3);
        var isSwapped = comparison is "gt" or "ge" or "hi" or "hs";
        Emit(new()
        {
            Code = Comparison(comparison, type),
            D = Destination(operands[0], new(PtxKind.Predicate, 1)),
            A = Source(operands[isSwapped ? 2 : 1], type),
            B = Source(operands[isSwapped ? 1 : 2], type),
        });
    }

    /// <summary>The opcode of a comparison; those with greater have their sources swapped.</summary>
    private PtxOpcode Comparison(string comparison, PtxType type) => (comparison, type.Kind) switch
    {
        ("eq", not PtxKind.Predicate) => PtxOpcode.SetEqual,
        ("ne", not PtxKind.Predicate) => PtxOpcode.SetNotEqual,
        ("lt" or "gt", PtxKind.Unsigned or PtxKind.Signed) => BySign(type, PtxOpcode.SetLessU, PtxOpcode.SetLessS32, PtxOpcode.SetLessS64),
        ("le" or "ge", PtxKind.Unsigned or PtxKind.Signed) => BySign(type, PtxOpcode.SetLessOrEqualU, PtxOpcode.SetLessOrEqualS32, PtxOpcode.SetLessOrEqualS64),
        ("lo" or "hi", PtxKind.Unsigned) => PtxOpcode.SetLessU,
        ("ls" or "hs", PtxKind.Unsigned) => PtxOpcode.SetLessOrEqualU,
        _ => throw _name.Unknown(),
    };

    private PtxType Number(PtxType type) => type.Kind is PtxKind.Unsigned or PtxKind.Signed ? type : throw _name.Unknown();

    private PtxType Signed(PtxType type) => type.IsSigned ? type : throw _name.Unknown();
}
