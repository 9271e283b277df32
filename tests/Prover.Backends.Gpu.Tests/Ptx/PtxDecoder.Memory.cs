namespace Prover.Backends.Gpu.Tests;

internal sealed partial class PtxDecoder
{
    private bool TryDecodeMemory()
    {
        switch (_name.Head)
        {
            case "ld":
                _name.Ignore("nc", "ca", "cg", "cs", "lu", "cv");
                Access(isLoad: true);
                return true;
            case "st":
                _name.Ignore("wb", "cg", "cs", "wt");
                Access(isLoad: false);
                return true;
            case "atom" or "red":
                Atomic(hasResult: _name.Head == "atom");
                return true;
            default:
                return false;
        }
    }

    /// <summary>A vector is so many accesses one after another, of which the first checks the alignment of all.</summary>
    private void Access(bool isLoad)
    {
        IgnoreOrder();
        var space = _name.TakeSpace();
        var count = _name.Take("v2") ? 2 : _name.Take("v4") ? 4 : 1;
        var type = _name.Type;
        if (type.Bits < 8)
            throw _name.Unknown();

        var operands = OperandCount(2);
        var (data, address) = isLoad ? (operands[0], operands[1]) : (operands[1], operands[0]);
        var elements = count == 1 ? [data] : data is PtxOperand.Many many && many.Elements.Length == count ? many.Elements : throw Malformed();
        var accesses = elements.Select((element, i) => Access(isLoad, space, type, element, address, i, count)).ToList();

        // A load into the register of its own address must come last.
        var last = isLoad ? accesses.FindIndex(access => access.D == access.A) : -1;
        if (last >= 0)
        {
            accesses.Add(accesses[last]);
            accesses.RemoveAt(last);
        }

        accesses.ForEach(Emit);
    }

    private PtxOperation Access(bool isLoad, PtxSpace space, PtxType type, PtxOperand data, PtxOperand address, int index, int count)
    {
        var register = isLoad ? WideDestination(data, type) : null;
        var access = new PtxOperation
        {
            Code = isLoad ? PtxOpcode.Load : PtxOpcode.Store,
            Space = space,
            Width = (byte)type.Bytes,
            Alignment = (byte)type.Bytes,
            IsSigned = type.IsSigned,
            D = register?.Slot ?? WideSource(data, type),
            C = register is null ? 0 : _parser.Slots.Constant(register.Type.Mask),
        };
        if (space == PtxSpace.Param)
            return Parameter(access, address, index);

        var (to, offset) = AddressOf(address);
        access.A = to;
        access.Offset = offset + index * type.Bytes;
        access.Alignment = (byte)(index == 0 ? type.Bytes * count : type.Bytes);
        return access;
    }

    private PtxOperation Parameter(PtxOperation access, PtxOperand operand, int index)
    {
        if (operand is not PtxOperand.Address { Base: PtxOperand.OfVariable { Variable: { Space: PtxSpace.Param } variable } } address)
            throw Malformed();

        var offset = address.Offset + index * access.Width;
        if (offset < 0 || offset + access.Width > variable.Size || offset % access.Width != 0)
            throw new PtxException(_statement.Line, $"{variable.Name} has {variable.Size} bytes; {access.Width} from {offset} on are outside or misaligned.");

        access.Code = access.Code == PtxOpcode.Load ? PtxOpcode.LoadParameter : PtxOpcode.StoreParameter;
        access.A = -1;
        access.Offset = (long)variable.Address + offset;
        return access;
    }

    private void Atomic(bool hasResult)
    {
        IgnoreOrder();
        var space = _name.TakeSpace();
        var type = _name.Type;
        var operation = AtomicOf(_name.TakeNext(), type);
        var isSwap = operation == PtxAtomic.CompareAndSwap;
        if (space is not (PtxSpace.Generic or PtxSpace.Global or PtxSpace.Shared) || type.Bits is not (32 or 64))
            throw _name.Unknown();

        if (!hasResult && (isSwap || operation == PtxAtomic.Exchange))
            throw _name.Unknown();

        var operands = OperandCount((hasResult ? 1 : 0) + (isSwap ? 3 : 2));
        var first = hasResult ? 1 : 0;
        var (to, offset) = AddressOf(operands[first]);
        Emit(new()
        {
            Code = PtxOpcode.Atomic,
            Atomic = operation,
            Space = space,
            Width = (byte)type.Bytes,
            Alignment = (byte)type.Bytes,
            D = hasResult ? Destination(operands[0], type) : _parser.Slots.Register(type).Slot,
            A = to,
            B = Source(operands[first + 1], type),
            C = isSwap ? Source(operands[first + 2], type) : 0,
            Offset = offset,
        });
    }

    private PtxAtomic AtomicOf(string name, PtxType type) => (name, type.Kind) switch
    {
        ("add", PtxKind.Unsigned) or ("add", PtxKind.Signed) => PtxAtomic.Add,
        ("exch", PtxKind.Bits) => PtxAtomic.Exchange,
        ("cas", PtxKind.Bits) => PtxAtomic.CompareAndSwap,
        ("and", PtxKind.Bits) => PtxAtomic.And,
        ("or", PtxKind.Bits) => PtxAtomic.Or,
        ("xor", PtxKind.Bits) => PtxAtomic.Xor,
        ("min", PtxKind.Unsigned) => PtxAtomic.MinimumU,
        ("min", PtxKind.Signed) => PtxAtomic.MinimumS,
        ("max", PtxKind.Unsigned) => PtxAtomic.MaximumU,
        ("max", PtxKind.Signed) => PtxAtomic.MaximumS,
        _ => throw _name.Unknown(),
    };

    /// <summary>What says how accesses of several threads are ordered or cached: here one thread runs at a time.</summary>
    private void IgnoreOrder() => _name.Ignore("weak", "volatile", "relaxed", "acquire", "release", "acq_rel", "cta", "gpu", "sys");
}
