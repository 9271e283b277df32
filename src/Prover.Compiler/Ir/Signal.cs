using System.Numerics;
using Prover.Constraints;
using Prover.Language;

namespace Prover.Compiler;

/// <summary>
/// An immutable scalar of a circuit under construction: an affine combination of wires, with the interval it is proved to lie
/// in if it is an integer. Made by <see cref="CircuitBuilder"/> only, and usable only with the builder that made it.
/// </summary>
/// <remarks>
/// Two combinations are carried. <see cref="Wires"/> ranges over wires and goes into the constraints; <see cref="Slots"/> has the
/// same value but may range over intermediate values of the witness tape, so that a long combination is evaluated once.
/// A constant factor stays outside both until someone asks, because <c>Σ mᵢⱼ·xⱼ</c> would otherwise be scaled and then added.
/// </remarks>
public sealed class Signal
{
    private readonly Fr _factor;
    private readonly LinearCombination _wireBase;
    private readonly LinearCombination _slotBase;
    private LinearCombination? _wires;
    private LinearCombination? _slots;

    internal Signal(LinearCombination wires, LinearCombination slots, Interval? interval, Predicate? origin = null)
        : this(wires, slots, Fr.One, interval, origin)
    {
    }

    private Signal(LinearCombination wireBase, LinearCombination slotBase, Fr factor, Interval? interval, Predicate? origin)
    {
        _wireBase = wireBase;
        _slotBase = slotBase;
        _factor = factor;
        Interval = interval;
        Origin = origin;
    }

    /// <summary>The integers this value may be, or null if it is a field element without order.</summary>
    public Interval? Interval { get; }

    /// <summary>Whether the value is known now.</summary>
    public bool IsConstant => _wireBase.IsConstant;

    /// <summary>The value if <see cref="IsConstant"/>.</summary>
    public Fr Constant => IsConstant ? _wireBase.Constant * _factor : throw new InvalidOperationException("The signal is not constant.");

    /// <summary>The value as an integer if <see cref="IsConstant"/> and it has an interval; null otherwise.</summary>
    public BigInteger? IntegerConstant => IsConstant && Interval is not null ? Constant.ToSignedInteger() : null;

    /// <summary>Whether the value is known to be 0 or 1.</summary>
    public bool IsBit => Interval is { } interval && Prover.Language.Interval.Bit.Contains(interval);

    /// <summary>The combination of wires that constraints use.</summary>
    internal LinearCombination Wires => _wires ??= _wireBase.Scale(_factor);

    /// <summary>The combination of tape slots that the witness computation uses.</summary>
    internal LinearCombination Slots => _slots ??= ReferenceEquals(_slotBase, _wireBase) ? Wires : _slotBase.Scale(_factor);

    /// <summary>What a boolean says, so that requiring it need not compute it; null if nothing better is known.</summary>
    internal Predicate? Origin { get; }

    internal (LinearCombination Wires, LinearCombination Slots, Fr Factor) Unscaled => (_wireBase, _slotBase, _factor);

    /// <summary>The same value with other knowledge about it.</summary>
    internal Signal With(Interval? interval, Predicate? origin = null) => new(_wireBase, _slotBase, _factor, interval, origin);

    internal Signal Scale(Fr factor, Interval? interval) => new(_wireBase, _slotBase, _factor * factor, interval, null);
}
