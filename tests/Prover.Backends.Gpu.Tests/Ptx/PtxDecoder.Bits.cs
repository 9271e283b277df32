namespace Prover.Backends.Gpu.Tests;

internal sealed partial class PtxDecoder
{
    /// <summary>PTX ISA, "Logic and Shift Instructions", and the integer instructions that look at bits.</summary>
    private bool TryDecodeBits()
    {
        switch (_name.Head)
        {
            case "and":
                EmitUniform(PtxOpcode.And, Plain(_name.Type), sources: 2);
                return true;
            case "or":
                EmitUniform(PtxOpcode.Or, Plain(_name.Type), sources: 2);
                return true;
            case "xor":
                EmitUniform(PtxOpcode.Xor, Plain(_name.Type), sources: 2);
                return true;
            case "not":
                Not();
                return true;
            case "shl":
                EmitShift(ByWidth(Plain(_name.Type), PtxOpcode.ShiftLeft32, PtxOpcode.ShiftLeft64));
                return true;
            case "shr":
                var isSigned = _name.Type.IsSigned;
                EmitShift(ByWidth(
                    _name.Type, isSigned ? PtxOpcode.ShiftRightS32 : PtxOpcode.ShiftRightU, isSigned ? PtxOpcode.ShiftRightS64 : PtxOpcode.ShiftRightU));
                return true;
            case "shf":
                FunnelShift();
                return true;
            case "lop3":
                LogicTable();
                return true;
            case "popc":
                EmitCount(ByWidth(Plain(_name.Type), PtxOpcode.PopulationCount, PtxOpcode.PopulationCount));
                return true;
            case "clz":
                EmitCount(ByWidth(Plain(_name.Type), PtxOpcode.LeadingZeros32, PtxOpcode.LeadingZeros64));
                return true;
            case "bfind":
                EmitCount(_name.Type.IsSigned ? throw _name.Unknown() : ByWidth(Number(_name.Type), PtxOpcode.HighestBitU, PtxOpcode.HighestBitU));
                return true;
            case "brev":
                EmitUniform(ByWidth(Plain(_name.Type), PtxOpcode.ReverseBits32, PtxOpcode.ReverseBits64), _name.Type, sources: 1);
                return true;
            case "bfe":
                ExtractField();
                return true;
            case "bfi":
                InsertField();
                return true;
            default:
                return false;
        }
    }

    private PtxType Plain(PtxType type) => type.Kind is PtxKind.Bits or PtxKind.Predicate && type.Bits != 8 ? type : throw _name.Unknown();

    private void Not()
    {
        var type = Plain(_name.Type);
        var operands = OperandCount(2);
        Emit(new() { Code = PtxOpcode.Xor, D = Destination(operands[0], type), A = Source(operands[1], type), B = _parser.Slots.Constant(type.Mask) });
    }

    /// <summary>The amount has 32 bits whatever is shifted.</summary>
    private void EmitShift(PtxOpcode code)
    {
        var operands = OperandCount(3);
        Emit(new() { Code = code, D = Destination(operands[0], _name.Type), A = Source(operands[1], _name.Type), B = Source(operands[2], Amount) });
    }

    private void EmitCount(PtxOpcode code)
    {
        var operands = OperandCount(2);
        Emit(new() { Code = code, D = Destination(operands[0], Amount), A = Source(operands[1], _name.Type) });
    }

    private void FunnelShift()
    {
        var code = _name.Take("l") ? PtxOpcode.FunnelLeft : _name.Take("r") ? PtxOpcode.FunnelRight : throw _name.Unknown();
        var mode = _name.TakeNext();
        EmitUniform(code, Only(Plain(_name.Type), 32), sources: 3);
        var greatest = mode switch
        {
            "wrap" => 31,
            "clamp" => 32,
            _ => throw _name.Unknown(),
        };
        _operations[^1] = _operations[^1] with { Width = (byte)greatest };
    }

    private void LogicTable()
    {
        var type = Only(Plain(_name.Type), 32);
        var operands = OperandCount(5);
        Emit(new()
        {
            Code = PtxOpcode.LogicTable,
            D = Destination(operands[0], type),
            A = Source(operands[1], type),
            B = Source(operands[2], type),
            C = Source(operands[3], type),
            Offset = operands[4] is PtxOperand.Immediate { Value: < 256 } table ? (long)table.Value : throw Malformed(),
        });
    }

    private void ExtractField()
    {
        var type = Number(_name.Type);
        var operands = OperandCount(4);
        Emit(new()
        {
            Code = High(type, PtxOpcode.ExtractFieldU32, PtxOpcode.ExtractFieldS32, PtxOpcode.ExtractFieldU64, PtxOpcode.ExtractFieldS64),
            D = Destination(operands[0], type),
            A = Source(operands[1], type),
            B = Source(operands[2], Amount),
            C = Source(operands[3], Amount),
        });
    }

    /// <summary>The only instruction with four sources: the slot of the last, the length, stands in the target.</summary>
    private void InsertField()
    {
        var type = Plain(_name.Type);
        var operands = OperandCount(5);
        Emit(new()
        {
            Code = ByWidth(type, PtxOpcode.InsertField32, PtxOpcode.InsertField64),
            D = Destination(operands[0], type),
            A = Source(operands[1], type),
            B = Source(operands[2], type),
            C = Source(operands[3], Amount),
            Target = Source(operands[4], Amount),
        });
    }

    private static PtxType Amount => new(PtxKind.Unsigned, 32);
}
