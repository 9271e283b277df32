namespace Prover.Backends.Gpu.Tests;

/// <summary>
/// What the interpreter can do, fewer things than there are instructions: since slots have zeros above their registers' bits, many
/// instructions of both widths are one operation. A number says where the width matters, S or U where the sign does.
/// </summary>
internal enum PtxOpcode : byte
{
    /// <summary>d ← a</summary>
    Move,

    /// <summary>d ← a with the sign of its lowest <c>Width</c> bits, cut by the mask c.</summary>
    SignExtend,

    /// <summary>d ← a + 2³²·b, or for <c>Width</c> 16 a + 2¹⁶·b.</summary>
    Join,

    /// <summary>d ← the <c>Width</c> bits of a from bit <c>Offset</c> on.</summary>
    Extract,

    /// <summary>d ← c ≠ 0 ? a : b</summary>
    Select,

    Add32,
    Add64,
    Subtract32,
    Subtract64,

    /// <summary>a + b + carry, carry out; <c>TakesCarry</c> and <c>GivesCarry</c> say which.</summary>
    AddCarry32,
    AddCarry64,

    /// <summary>a − b − borrow, borrow out.</summary>
    SubtractBorrow32,
    SubtractBorrow64,

    MultiplyLow32,
    MultiplyLow64,
    MultiplyHighU32,
    MultiplyHighS32,
    MultiplyHighU64,
    MultiplyHighS64,
    MultiplyWideS32,

    /// <summary>a·b + c.</summary>
    MultiplyAddLow32,
    MultiplyAddLow64,
    MultiplyAddHighU32,
    MultiplyAddHighS32,
    MultiplyAddHighU64,
    MultiplyAddHighS64,
    MultiplyAddWideS32,

    /// <summary>a·b + c + carry, carry out.</summary>
    MultiplyAddLowCarry32,
    MultiplyAddLowCarry64,
    MultiplyAddHighCarryU32,
    MultiplyAddHighCarryS32,
    MultiplyAddHighCarryU64,
    MultiplyAddHighCarryS64,

    And,
    Or,
    Xor,
    ShiftLeft32,
    ShiftLeft64,
    ShiftRightU,
    ShiftRightS32,
    ShiftRightS64,

    SetEqual,
    SetNotEqual,
    SetLessU,
    SetLessOrEqualU,
    SetLessS32,
    SetLessOrEqualS32,
    SetLessS64,
    SetLessOrEqualS64,

    MinimumU,
    MinimumS32,
    MinimumS64,
    MaximumU,
    MaximumS32,
    MaximumS64,

    /// <summary>|a|; the least negative number stays.</summary>
    Absolute32,
    Absolute64,
    DivideU,
    DivideS32,
    DivideS64,
    RemainderU,
    RemainderS32,
    RemainderS64,

    PopulationCount,
    LeadingZeros32,
    LeadingZeros64,
    HighestBitU,
    ReverseBits32,
    ReverseBits64,
    ExtractFieldU32,
    ExtractFieldU64,
    ExtractFieldS32,
    ExtractFieldS64,
    InsertField32,
    InsertField64,

    /// <summary>The upper word of (2³²·b + a)·2ᶜ, or the lower of it divided; c modulo 32 (wrap) or at most 32 (clamp, <c>Width</c> 32).</summary>
    FunnelLeft,
    FunnelRight,

    /// <summary>Byte i of d is the byte of 2³²·b + a which nibble i of c says, or its sign.</summary>
    Permute,

    /// <summary>Bit by bit, d is the bit of the table <c>Offset</c> at index 4a + 2b + c.</summary>
    LogicTable,

    /// <summary>d ← [a + offset]; of <c>Width</c> bytes, sign extended to the mask c if <c>IsSigned</c>.</summary>
    Load,

    /// <summary>[a + offset] ← d</summary>
    Store,

    /// <summary>The same for a parameter, whose place is the offset.</summary>
    LoadParameter,
    StoreParameter,

    /// <summary>Copies c bytes of parameters from b to a.</summary>
    CopyParameter,

    /// <summary>d ← [a + offset], [a + offset] ← f([a + offset], b, c), with d the slot of a constant if nobody wants the old value.</summary>
    Atomic,

    /// <summary>On to instruction <c>Target</c>.</summary>
    Branch,
    BranchIf,
    BranchUnless,

    Call,
    Return,

    /// <summary>Waits for the block at barrier a.</summary>
    Barrier,
    Nothing,
}

/// <summary>What an atomic operation makes of the old value and its operand.</summary>
internal enum PtxAtomic : byte
{
    Add,
    Exchange,
    CompareAndSwap,
    And,
    Or,
    Xor,
    MinimumU,
    MinimumS,
    MaximumU,
    MaximumS,
}

/// <summary>A decoded instruction: slots d, a, b and c, and what else its opcode wants.</summary>
internal struct PtxOperation
{
    public PtxOpcode Code;
    public PtxAtomic Atomic;
    public PtxSpace Space;

    /// <summary>Bytes of an access; bits of what is taken from a slot.</summary>
    public byte Width;

    /// <summary>What an address must be a multiple of.</summary>
    public byte Alignment;
    public bool IsSigned;

    /// <summary>1 if the carry flag is added, 0 if not.</summary>
    public byte TakesCarry;
    public bool GivesCarry;
    public int D;
    public int A;
    public int B;
    public int C;
    public int Target;
    public long Offset;
}
