namespace Prover.Backends.Gpu.Tests;

internal sealed partial class PtxDecoder
{
    /// <summary>PTX ISA, "Data Movement and Conversion Instructions", those that do not touch memory.</summary>
    private bool TryDecodeMove()
    {
        switch (_name.Head)
        {
            case "mov":
                Move();
                return true;
            case "cvt":
                Convert();
                return true;
            case "cvta":
                ConvertAddress();
                return true;
            case "selp":
                Select();
                return true;
            case "prmt":
                EmitUniform(PtxOpcode.Permute, Only(_name.Type, 32), sources: 3);
                return true;
            default:
                return false;
        }
    }

    private void Move()
    {
        var type = _name.Type;
        var operands = OperandCount(2);
        if (operands[1] is PtxOperand.Many joined)
            Join(type, operands[0], joined.Elements);
        else if (operands[0] is PtxOperand.Many parts)
            Split(type, parts.Elements, operands[1]);
        else
            Emit(new() { Code = PtxOpcode.Move, D = Destination(operands[0], type), A = Source(operands[1], type) });
    }

    /// <summary>Two halves, lowest first, become one value.</summary>
    private void Join(PtxType type, PtxOperand destination, PtxOperand[] parts)
    {
        var half = Half(type, parts);
        Emit(new()
        {
            Code = PtxOpcode.Join,
            D = Destination(destination, type),
            A = Source(parts[0], half),
            B = Source(parts[1], half),
            Width = (byte)half.Bits,
        });
    }

    private void Split(PtxType type, PtxOperand[] parts, PtxOperand source)
    {
        var half = Half(type, parts);
        for (var i = 0; i < parts.Length; i++)
        {
            Emit(new()
            {
                Code = PtxOpcode.Extract,
                D = Destination(parts[i], half),
                A = Source(source, type),
                Width = (byte)half.Bits,
                Offset = i * half.Bits,
            });
        }
    }

    private PtxType Half(PtxType type, PtxOperand[] parts) =>
        parts.Length == 2 && type.Kind == PtxKind.Bits && type.Bits >= 32 ? new(PtxKind.Bits, type.Bits / 2) : throw Malformed();

    /// <summary>
    /// A longer destination is filled by the source's sign, a shorter takes the lowest bits; a register wider than the destination's type
    /// is filled by that type's sign.
    /// </summary>
    private void Convert()
    {
        var (to, from) = _name.Types;
        var operands = OperandCount(2);
        var register = WideDestination(operands[0], to);
        var source = WideSource(operands[1], from);
        var filling = to.Bits > from.Bits ? from : to;
        if (!filling.IsSigned)
        {
            Emit(new() { Code = PtxOpcode.And, D = register.Slot, A = source, B = _parser.Slots.Constant(filling.Mask) });
            return;
        }

        var mask = to.IsSigned ? register.Type.Mask : to.Mask;
        Emit(new() { Code = PtxOpcode.SignExtend, D = register.Slot, A = source, Width = (byte)filling.Bits, C = _parser.Slots.Constant(mask) });
    }

    private void ConvertAddress()
    {
        var toSpace = _name.Take("to");
        var space = _name.TakeSpace();
        var window = space switch
        {
            PtxSpace.Shared => PtxModule.SharedWindow,
            PtxSpace.Local => PtxModule.LocalWindow,
            PtxSpace.Global or PtxSpace.Const => 0UL,
            _ => throw _name.Unknown(),
        };
        var operands = OperandCount(2);
        var type = Only(_name.Type, 64);
        Emit(new()
        {
            Code = toSpace ? PtxOpcode.Subtract64 : PtxOpcode.Add64,
            D = Destination(operands[0], type),
            A = Source(operands[1], type),
            B = _parser.Slots.Constant(window),
        });
    }

    private void Select()
    {
        var operands = OperandCount(4);
        Emit(new()
        {
            Code = PtxOpcode.Select,
            D = Destination(operands[0], _name.Type),
            A = Source(operands[1], _name.Type),
            B = Source(operands[2], _name.Type),
            C = Source(operands[3], new(PtxKind.Predicate, 1)),
        });
    }

    private PtxType Only(PtxType type, int bits) => type.Bits == bits ? type : throw _name.Unknown();
}
