namespace Prover.Backends.Gpu.Tests;

internal sealed partial class PtxThread
{
    /// <summary>The operations on slots that are too rare for the loop.</summary>
    private void Calculate(in PtxOperation o)
    {
        var a = _slots[o.A];
        var b = _slots[o.B];
        var c = _slots[o.C];
        _slots[o.D] = o.Code switch
        {
            PtxOpcode.SignExtend => (ulong)((long)(a << (64 - o.Width)) >> (64 - o.Width)) & c,
            PtxOpcode.Join => a | (b << o.Width),
            PtxOpcode.Extract => (a >> (int)o.Offset) & ((1UL << o.Width) - 1),

            PtxOpcode.AddCarry64 => Add64(o, a, b),
            PtxOpcode.SubtractBorrow64 => Subtract64(o, a, b),
            PtxOpcode.MultiplyHighU32 => (a * b) >> 32,
            PtxOpcode.MultiplyHighS32 => HighS32(a, b),
            PtxOpcode.MultiplyHighU64 => Math.BigMul(a, b, out _),
            PtxOpcode.MultiplyHighS64 => HighS64(a, b),
            PtxOpcode.MultiplyWideS32 => (ulong)((long)(int)a * (int)b),
            PtxOpcode.MultiplyAddHighU32 => (uint)(((a * b) >> 32) + c),
            PtxOpcode.MultiplyAddHighS32 => (uint)(HighS32(a, b) + c),
            PtxOpcode.MultiplyAddHighU64 => Math.BigMul(a, b, out _) + c,
            PtxOpcode.MultiplyAddHighS64 => HighS64(a, b) + c,
            PtxOpcode.MultiplyAddWideS32 => (ulong)((long)(int)a * (int)b) + c,
            PtxOpcode.MultiplyAddLowCarry64 => Add64(o, a * b, c),
            PtxOpcode.MultiplyAddHighCarryS32 => Add32(o, HighS32(a, b), c),
            PtxOpcode.MultiplyAddHighCarryU64 => Add64(o, Math.BigMul(a, b, out _), c),
            PtxOpcode.MultiplyAddHighCarryS64 => Add64(o, HighS64(a, b), c),

            PtxOpcode.ShiftLeft32 => b < 32 ? (uint)(a << (int)b) : 0UL,
            PtxOpcode.ShiftLeft64 => b < 64 ? a << (int)b : 0,
            PtxOpcode.ShiftRightS32 => (uint)((int)a >> (int)Math.Min(b, 31)),
            PtxOpcode.ShiftRightS64 => (ulong)((long)a >> (int)Math.Min(b, 63)),
            PtxOpcode.SetLessOrEqualU => a <= b ? 1UL : 0,
            PtxOpcode.SetLessOrEqualS32 => (int)a <= (int)b ? 1UL : 0,
            PtxOpcode.SetLessS64 => (long)a < (long)b ? 1UL : 0,
            PtxOpcode.SetLessOrEqualS64 => (long)a <= (long)b ? 1UL : 0,

            PtxOpcode.MinimumU => Math.Min(a, b),
            PtxOpcode.MinimumS32 => (uint)Math.Min((int)a, (int)b),
            PtxOpcode.MinimumS64 => (ulong)Math.Min((long)a, (long)b),
            PtxOpcode.MaximumU => Math.Max(a, b),
            PtxOpcode.MaximumS32 => (uint)Math.Max((int)a, (int)b),
            PtxOpcode.MaximumS64 => (ulong)Math.Max((long)a, (long)b),
            PtxOpcode.Absolute32 => (int)a < 0 ? (uint)-(int)a : a,
            PtxOpcode.Absolute64 => (long)a < 0 ? (ulong)-(long)a : a,
            PtxOpcode.DivideU => a / Divisor(b),
            PtxOpcode.DivideS32 => (uint)((long)(int)a / (int)Divisor(b)),
            PtxOpcode.DivideS64 => (ulong)(long)((Int128)(long)a / (long)Divisor(b)),
            PtxOpcode.RemainderU => a % Divisor(b),
            PtxOpcode.RemainderS32 => (uint)((long)(int)a % (int)Divisor(b)),
            PtxOpcode.RemainderS64 => (ulong)(long)((Int128)(long)a % (long)Divisor(b)),
            _ => CalculateBits(o, a, b, c),
        };
    }

    private static ulong HighS32(ulong a, ulong b) => (uint)(((long)(int)a * (int)b) >> 32);

    private static ulong HighS64(ulong a, ulong b) => (ulong)Math.BigMul((long)a, (long)b, out _);

    private ulong Add32(in PtxOperation o, ulong a, ulong b)
    {
        var sum = a + b + (_carry & o.TakesCarry);
        _carry = o.GivesCarry ? sum >> 32 : _carry;
        return (uint)sum;
    }

    private ulong Add64(in PtxOperation o, ulong a, ulong b)
    {
        var sum = (UInt128)a + b + (_carry & o.TakesCarry);
        _carry = o.GivesCarry ? (ulong)(sum >> 64) : _carry;
        return (ulong)sum;
    }

    private ulong Subtract64(in PtxOperation o, ulong a, ulong b)
    {
        var difference = (UInt128)a - b - (_carry & o.TakesCarry);
        _carry = o.GivesCarry ? (ulong)(difference >> 127) : _carry;
        return (ulong)difference;
    }

    /// <summary>What a device makes of a division by zero is left open.</summary>
    private ulong Divisor(ulong b) => b != 0 ? b : throw Fault("divides by zero");
}
