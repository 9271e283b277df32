using System.Runtime.CompilerServices;

namespace Prover.Backends.Gpu.Tests;

internal sealed partial class PtxThread
{
    /// <summary>Runs until a barrier or the end, and returns how many operations that took.</summary>
    /// <exception cref="PtxFaultException">The thread did what it must not, or took more than <paramref name="limit"/> operations.</exception>
    /// <remarks>Frequent operations stand here; the others are out of line, so that this method stays small enough to be compiled well.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public long Run(long limit)
    {
        var operations = _operations;
        var slots = _slots;
        var next = _next;
        var carry = _carry;
        for (var count = 0L; ; count++)
        {
            ref readonly var o = ref operations[next++];
            if (count == limit)
            {
                _next = next;
                throw Fault($"has not ended after the {limit:N0} instructions that were left");
            }

            switch (o.Code)
            {
                case PtxOpcode.Move:
                    slots[o.D] = slots[o.A];
                    break;
                case PtxOpcode.Select:
                    slots[o.D] = slots[slots[o.C] != 0 ? o.A : o.B];
                    break;
                case PtxOpcode.Add32:
                    slots[o.D] = (uint)(slots[o.A] + slots[o.B]);
                    break;
                case PtxOpcode.Add64:
                    slots[o.D] = slots[o.A] + slots[o.B];
                    break;
                case PtxOpcode.Subtract32:
                    slots[o.D] = (uint)(slots[o.A] - slots[o.B]);
                    break;
                case PtxOpcode.Subtract64:
                    slots[o.D] = slots[o.A] - slots[o.B];
                    break;
                case PtxOpcode.MultiplyLow32:
                    slots[o.D] = (uint)(slots[o.A] * slots[o.B]);
                    break;
                case PtxOpcode.MultiplyLow64:
                    slots[o.D] = slots[o.A] * slots[o.B];
                    break;
                case PtxOpcode.MultiplyAddLow32:
                    slots[o.D] = (uint)(slots[o.A] * slots[o.B] + slots[o.C]);
                    break;
                case PtxOpcode.MultiplyAddLow64:
                    slots[o.D] = slots[o.A] * slots[o.B] + slots[o.C];
                    break;
                case PtxOpcode.AddCarry32:
                {
                    var sum = slots[o.A] + slots[o.B] + (carry & o.TakesCarry);
                    slots[o.D] = (uint)sum;
                    carry = o.GivesCarry ? sum >> 32 : carry;
                    break;
                }

                case PtxOpcode.SubtractBorrow32:
                {
                    var difference = slots[o.A] - slots[o.B] - (carry & o.TakesCarry);
                    slots[o.D] = (uint)difference;
                    carry = o.GivesCarry ? difference >> 63 : carry;
                    break;
                }

                case PtxOpcode.MultiplyAddLowCarry32:
                {
                    var sum = (uint)(slots[o.A] * slots[o.B]) + slots[o.C] + (carry & o.TakesCarry);
                    slots[o.D] = (uint)sum;
                    carry = o.GivesCarry ? sum >> 32 : carry;
                    break;
                }

                case PtxOpcode.MultiplyAddHighCarryU32:
                {
                    var sum = ((slots[o.A] * slots[o.B]) >> 32) + slots[o.C] + (carry & o.TakesCarry);
                    slots[o.D] = (uint)sum;
                    carry = o.GivesCarry ? sum >> 32 : carry;
                    break;
                }

                case PtxOpcode.And:
                    slots[o.D] = slots[o.A] & slots[o.B];
                    break;
                case PtxOpcode.Or:
                    slots[o.D] = slots[o.A] | slots[o.B];
                    break;
                case PtxOpcode.Xor:
                    slots[o.D] = slots[o.A] ^ slots[o.B];
                    break;
                case PtxOpcode.ShiftRightU:
                    slots[o.D] = slots[o.B] < 64 ? slots[o.A] >> (int)slots[o.B] : 0;
                    break;
                case PtxOpcode.SetEqual:
                    slots[o.D] = slots[o.A] == slots[o.B] ? 1UL : 0;
                    break;
                case PtxOpcode.SetNotEqual:
                    slots[o.D] = slots[o.A] != slots[o.B] ? 1UL : 0;
                    break;
                case PtxOpcode.SetLessU:
                    slots[o.D] = slots[o.A] < slots[o.B] ? 1UL : 0;
                    break;
                case PtxOpcode.SetLessS32:
                    slots[o.D] = (int)slots[o.A] < (int)slots[o.B] ? 1UL : 0;
                    break;
                case PtxOpcode.Branch:
                    next = o.Target;
                    break;
                case PtxOpcode.BranchIf:
                    next = slots[o.A] != 0 ? o.Target : next;
                    break;
                case PtxOpcode.BranchUnless:
                    next = slots[o.A] == 0 ? o.Target : next;
                    break;
                case PtxOpcode.Barrier:
                    _next = next;
                    _carry = carry;
                    Barrier = o.A;
                    State = PtxThreadState.AtBarrier;
                    return count + 1;
                case PtxOpcode.Call:
                    _next = next;
                    Enter(o.Target);
                    next = _next;
                    break;
                case PtxOpcode.Return:
                    if (_depth == 0)
                    {
                        State = PtxThreadState.Ended;
                        return count + 1;
                    }

                    next = _returns[--_depth];
                    break;
                default:
                    _next = next;
                    _carry = carry;
                    if (o.Code < PtxOpcode.Load)
                        Calculate(o);
                    else
                        Access(o);

                    carry = _carry;
                    break;
            }
        }
    }
}
