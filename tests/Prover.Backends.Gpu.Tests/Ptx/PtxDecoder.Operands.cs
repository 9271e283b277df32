namespace Prover.Backends.Gpu.Tests;

internal sealed partial class PtxDecoder
{
    private PtxOperand[] OperandCount(int count) => _statement.Operands.Length == count ? _statement.Operands : throw Malformed();

    /// <summary>The slot of a source; a register must be exactly as wide as the type. A special register can only be moved.</summary>
    private int Source(PtxOperand operand, PtxType type) => operand switch
    {
        PtxOperand.OfRegister register when PtxSlots.IsSpecial(register.Register.Slot) && _name.Head != "mov" => throw Malformed(),
        PtxOperand.OfRegister register when register.Register.Type.Bits == type.Bits => ReadSlot(register.Register),
        PtxOperand.OfRegister register => throw WrongWidth(register.Register, type),
        _ => ConstantSource(operand, type),
    };

    /// <summary>The slot of a source of which only the lowest bits count, as in conversions and stores.</summary>
    private int WideSource(PtxOperand operand, PtxType type) => operand switch
    {
        PtxOperand.OfRegister register when register.Register.Type.Bits >= type.Bits => ReadSlot(register.Register),
        PtxOperand.OfRegister register => throw WrongWidth(register.Register, type),
        _ => ConstantSource(operand, type),
    };

    private int ConstantSource(PtxOperand operand, PtxType type) => operand switch
    {
        PtxOperand.Immediate immediate => _parser.Slots.Constant(immediate.Value & type.Mask),

        // Parameters have places, not addresses.
        PtxOperand.OfVariable { Variable.Space: not PtxSpace.Param } variable when type.Bits >= 32 => _parser.Slots.Constant(variable.Variable.Address & type.Mask),
        _ => throw Malformed(),
    };

    private int Destination(PtxOperand operand, PtxType type)
    {
        var register = Register(operand);
        return register.Type.Bits == type.Bits ? register.Slot : throw WrongWidth(register, type);
    }

    private PtxRegister WideDestination(PtxOperand operand, PtxType type)
    {
        var register = Register(operand);
        return register.Type.Bits >= type.Bits ? register : throw WrongWidth(register, type);
    }

    /// <summary>A register that is written: special ones and constants cannot be.</summary>
    private PtxRegister Register(PtxOperand operand)
    {
        if (operand is not PtxOperand.OfRegister register || PtxSlots.IsSpecial(register.Register.Slot))
            throw Malformed();

        _written.Add(register.Register.Slot);
        return register.Register;
    }

    private int ReadSlot(PtxRegister register)
    {
        if (!PtxSlots.IsSpecial(register.Slot))
            _firstReads.TryAdd(register.Slot, _statement.Line);

        return register.Slot;
    }

    /// <summary>What a register holds that nobody writes is anything, and surely a mistake.</summary>
    private void RequireWrites()
    {
        foreach (var (slot, line) in _firstReads)
        {
            if (!_written.Contains(slot))
                throw new PtxException(line, "A register is read that nothing writes.");
        }
    }

    /// <summary>An address as the slot of its base and an offset.</summary>
    private (int Base, long Offset) AddressOf(PtxOperand operand) => operand switch
    {
        PtxOperand.Address { Base: PtxOperand.OfRegister register } address when register.Register.Type.Bits is 32 or 64 => (ReadSlot(register.Register), address.Offset),
        PtxOperand.Address address => (ConstantSource(address.Base, PtxType.Address), address.Offset),
        _ => throw Malformed(),
    };

    /// <summary>Emits d ← f(a, b, …), all of one type.</summary>
    private void EmitUniform(PtxOpcode code, PtxType type, int sources)
    {
        var operands = OperandCount(sources + 1);
        Emit(new()
        {
            Code = code,
            D = Destination(operands[0], type),
            A = Source(operands[1], type),
            B = sources > 1 ? Source(operands[2], type) : 0,
            C = sources > 2 ? Source(operands[3], type) : 0,
        });
    }

    /// <summary>The opcode for a type that must be of 32 or 64 bits.</summary>
    private PtxOpcode ByWidth(PtxType type, PtxOpcode of32, PtxOpcode of64) => type.Bits switch
    {
        32 => of32,
        64 => of64,
        _ => throw _name.Unknown(),
    };

    /// <summary>The opcode for a number: one for both unsigned widths, two for signed.</summary>
    private PtxOpcode BySign(PtxType type, PtxOpcode unsigned, PtxOpcode signed32, PtxOpcode signed64) => type.Kind switch
    {
        PtxKind.Unsigned => unsigned,
        PtxKind.Signed => ByWidth(type, signed32, signed64),
        _ => throw _name.Unknown(),
    };

    private PtxException WrongWidth(PtxRegister register, PtxType type) =>
        new(_statement.Line, $"{_statement.Instruction} wants {type.Bits} bits, and a register has {register.Type.Bits}.");
}
