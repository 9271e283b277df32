using System.Numerics;
using Prover.Constraints;
using Prover.Language;
using Prover.Witness;

namespace Prover.Compiler;

/// <summary>
/// Builds a circuit from scalar operations. Additions cost nothing; each operation's summary says what it costs. Constants fold,
/// equal operations are shared, and what no requirement depends on is not emitted.
/// </summary>
/// <remarks>
/// Integers carry exact intervals. An operation whose result could leave ±2²⁵² throws <see cref="ArgumentException"/>: the elaborator
/// reports that as a diagnostic before it asks. A field operand makes a result a field element.
/// </remarks>
public sealed partial class CircuitBuilder
{
    private readonly CircuitGraph _graph = new();
    private readonly TermAccumulator _wireSum = new();
    private readonly TermAccumulator _slotSum = new();
    private readonly List<CircuitInput> _inputs = [];
    private readonly List<int> _inputVariables = [];
    private bool _isRefused;

    /// <summary>The boolean true, also the guard of what is not inside any if.</summary>
    public Signal True { get; } = new(LinearCombination.One, LinearCombination.One, Interval.Point(1));

    /// <summary>The boolean false.</summary>
    public Signal False { get; } = new(LinearCombination.Zero, LinearCombination.Zero, Interval.Point(0));

    internal CircuitGraph Graph => _graph;

    /// <summary>What is done to states.</summary>
    internal StateLog States { get; } = new();

    /// <summary>How many inputs there are so far.</summary>
    internal int InputCount => _inputs.Count;

    /// <summary>An integer known now. Free.</summary>
    public Signal Constant(BigInteger value)
    {
        var combination = LinearCombination.FromConstant(Fr.FromInteger(value));
        return new(combination, combination, Checked(Interval.Point(value), "The constant"));
    }

    /// <summary>An integer known now. Free.</summary>
    public Signal Constant(int value) => Constant((BigInteger)value);

    /// <summary>A field element known now. Free.</summary>
    public Signal Constant(Fr value)
    {
        var combination = LinearCombination.FromConstant(value);
        return new(combination, combination, null);
    }

    /// <summary>An input wire, forced into its range (as many rows as the range has bits, one for a boolean, none for a field).</summary>
    /// <param name="name">Its path, such as "account.positions[3].size".</param>
    /// <param name="isPublic">Whether the verifier sees it.</param>
    /// <param name="range">The raw integers allowed, or null for a field element.</param>
    /// <param name="scale">Decimals of a dec(s).</param>
    /// <param name="isBoolean">Whether people write it as true or false; the range must then be <see cref="Interval.Bit"/>.</param>
    /// <param name="origin">Where its value comes from.</param>
    public Signal Input(string name, bool isPublic, Interval? range, int scale = 0, bool isBoolean = false, InputOrigin origin = InputOrigin.Given)
    {
        var limits = range ?? new Interval(0, Fr.Modulus - 1);
        var kind = isBoolean ? ValueKind.Boolean : range is null ? ValueKind.Field : ValueKind.Integer;
        _inputs.Add(new(name, isPublic, kind, scale, limits.Low, limits.High, origin));
        var operation = _graph.Add(new Operation { OutputCount = 1, IsRoot = true });
        _inputVariables.Add(operation.FirstOutput);
        var wire = CircuitGraph.Wire(operation.FirstOutput, null);
        if (range is not { } interval)
        {
            return wire;
        }

        return RangeGadget.Enforce(this, wire, Checked(interval, $"The input {name}"), InputRange(name, wire.With(interval), interval, scale));
    }

    /// <summary>What <see cref="Input"/> gives where the value is known: the constant, and a failing requirement if it is out of range.</summary>
    internal Signal KnownInput(string name, Fr value, Interval? range, int scale)
    {
        if (range is not { } interval)
        {
            return Constant(value);
        }

        var integer = Interval.Point(value.ToSignedInteger());
        var constant = Constant(value).With(integer.IsWithinLimit ? integer : null);
        return RangeGadget.Enforce(this, constant, interval, InputRange(name, constant.With(interval), interval, scale));
    }

    private Requirement InputRange(string name, Signal value, Interval interval, int scale)
    {
        var range = scale == 0 ? interval.ToString() : $"[{MessageFormat.Decimal(interval.Low, scale)} .. {MessageFormat.Decimal(interval.High, scale)}]";
        return new($"input {name} = {{0}} is outside {range}", [new(value, scale)], _graph.CurrentSpan, "");
    }

    /// <summary>Records <paramref name="span"/> as the source of everything built until the result is disposed.</summary>
    public SourceScope At(SourceSpan span) => new(_graph, span);

    /// <summary>Lets no circuit be made any more: something is wrong with the program, and what has been built lacks a part of it.</summary>
    internal void Refuse() => _isRefused = true;

    /// <summary>The finished circuit. Wires: 1, public inputs, private inputs, all others in the order of their creation.</summary>
    /// <param name="name">The rule instance.</param>
    /// <param name="emitted">Gets the constraints as soon as there are any, before the tape; null if nobody waits for them.</param>
    public CompiledCircuit Build(string name, Action<R1cs>? emitted = null) => Emitter().Emit(name, emitted);

    /// <summary>The only way from what has been built to constraints.</summary>
    private CircuitEmitter Emitter() => _isRefused
        ? throw new InvalidOperationException("A program with errors does not become a circuit.")
        : new CircuitEmitter(_graph, _inputs, _inputVariables, States);

    internal static Interval Checked(Interval interval, string what) => interval.IsWithinLimit
        ? interval
        : throw new ArgumentException($"{what} may be anything in {interval}, which needs {interval.MagnitudeBits} bits; the limit is 252.");

    /// <summary>Restores the previous source place when disposed.</summary>
    public readonly struct SourceScope : IDisposable, IEquatable<SourceScope>
    {
        private readonly CircuitGraph _graph;
        private readonly SourceSpan _previous;

        internal SourceScope(CircuitGraph graph, SourceSpan span)
        {
            _graph = graph;
            _previous = graph.CurrentSpan;
            graph.CurrentSpan = span;
        }

        public void Dispose() => _graph.CurrentSpan = _previous;

        public bool Equals(SourceScope other) => ReferenceEquals(_graph, other._graph);

        public override bool Equals(object? obj) => obj is SourceScope other && Equals(other);

        public override int GetHashCode() => 0;

        public static bool operator ==(SourceScope left, SourceScope right) => left.Equals(right);

        public static bool operator !=(SourceScope left, SourceScope right) => !left.Equals(right);
    }
}
