using System.Numerics;
using Prover.Constraints;

namespace Prover.Audit;

/// <summary>A combination of several wires whose value is in a range in every satisfying assignment.</summary>
/// <param name="Form">The combination.</param>
/// <param name="Range">Narrower than the modulus.</param>
internal sealed record RangedForm(LinearCombination Form, IntegerRange Range);

/// <summary>What is known of the values of wires and combinations in every satisfying assignment.</summary>
internal sealed class RangeFacts(int wireCount)
{
    /// <summary>A wire's range is narrowed so often and no further: it ends the analysis of systems in which ranges shrink one by one.</summary>
    private const int MaximumUpdates = 12;

    /// <summary>Longer combinations are not looked up, their hash costs too much.</summary>
    private const int LongestKey = 2048;

    private readonly IntegerRange?[] _wires = new IntegerRange?[wireCount];
    private readonly byte[] _updates = new byte[wireCount];
    private readonly Dictionary<LinearCombination, int> _byDirection = new(DirectionComparer.Instance);
    private readonly HashSet<int> _shapes = [];
    private readonly List<RangedForm> _forms = [];
    private readonly SignedIntegers _integers = new();
    private readonly Queue<int> _changedForms = new();
    private readonly HashSet<int> _isChanged = [];

    /// <summary>Wires whose range has become narrower, for the analysis to go on with.</summary>
    public Queue<int> ChangedWires { get; } = new();

    /// <summary>Whether anything waits to be looked at.</summary>
    public bool HasChanged => ChangedWires.Count > 0 || _changedForms.Count > 0;

    /// <summary>All combinations of several wires with a range of their own.</summary>
    public IReadOnlyList<RangedForm> Forms => _forms;

    /// <summary>The range of a wire, if any is known.</summary>
    public IntegerRange? Of(int wire) => wire == 0 ? IntegerRange.Point(1) : _wires[wire];

    /// <summary>Whether a range of the wire is known.</summary>
    public bool IsRanged(int wire) => wire == 0 || _wires[wire] is not null;

    /// <summary>Whether the wire is 0 or 1.</summary>
    public bool IsBit(int wire) => _wires[wire] is { IsBit: true };

    /// <summary>Whether all wires have a range.</summary>
    public bool AreRanged(ReadOnlySpan<int> wires)
    {
        foreach (var wire in wires)
        {
            if (!IsRanged(wire))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether a combination of these wires may have a range of its own; false is certain.</summary>
    public bool MayHaveForm(ReadOnlySpan<int> wires) => wires.Length is > 1 and <= LongestKey && _shapes.Contains(DirectionComparer.HashOf(wires));

    /// <summary>Whether a combination is not zero in any satisfying assignment, for all that is known of its range.</summary>
    public bool ExcludesZero(LinearCombination form) =>
        form.Count == 1 && _wires[form.Variables[0]] == IntegerRange.Bit
            ? !form.Constant.IsZero && !(form.Constant + form.Coefficients[0]).IsZero
            : (form.Count > 1 || _wires[form.Variables[0]] is not null) && Of(form) is { ExcludesZero: true };

    /// <summary>The range of a combination: from its wires', and from what is known of a multiple of it.</summary>
    public IntegerRange? Of(LinearCombination form)
    {
        var direct = SumOf(form, Fr.One);
        if (form.Count is < 2 or > LongestKey || _forms.Count == 0 || !_byDirection.TryGetValue(form, out var index))
        {
            return direct;
        }

        // form = ratio·known + offset.
        var known = _forms[index];
        var ratio = Audit.Forms.Ratio(form.Coefficients[0], known.Form.Coefficients[0]);
        var offset = form.Constant - (known.Form.Constant * ratio);
        var range = (known.Range * ratio.ToSignedInteger()) + IntegerRange.Point(offset.ToSignedInteger());
        return !range.IsMeaningful ? direct : direct is { } other ? range.And(other) : range;
    }

    /// <summary>The range of scale·form from those of its wires, if all are known and it is narrower than the modulus.</summary>
    public IntegerRange? SumOf(LinearCombination form, Fr scale)
    {
        if (!AreRanged(form.Variables))
        {
            return null;
        }

        var low = _integers.Of(form.Constant * scale);
        var high = low;
        for (var i = 0; i < form.Count; i++)
        {
            var coefficient = _integers.Of(scale.IsOne ? form.Coefficients[i] : form.Coefficients[i] * scale);
            var range = _wires[form.Variables[i]]!.Value;
            var (atLow, atHigh) = coefficient.Sign < 0 ? (range.High, range.Low) : (range.Low, range.High);
            low = AddProduct(low, coefficient, atLow);
            high = AddProduct(high, coefficient, atHigh);
        }

        var sum = new IntegerRange(low, high);
        return sum.IsMeaningful ? sum : null;
    }

    /// <summary>Notes that a combination is in a range.</summary>
    public void Narrow(LinearCombination form, IntegerRange range)
    {
        if (!range.IsMeaningful || form.IsConstant)
        {
            return;
        }

        if (form.Count > 1)
        {
            NarrowForm(form, range);
            return;
        }

        // c·w + k = v: w = (v − k)/c, exactly for each of at most two values v; otherwise through an integer that is congruent to 1/c.
        var inverse = Audit.Forms.Ratio(Fr.One, form.Coefficients[0]);
        if (range.Width <= BigInteger.One)
        {
            var low = ((Fr.FromInteger(range.Low) - form.Constant) * inverse).ToSignedInteger();
            var high = ((Fr.FromInteger(range.High) - form.Constant) * inverse).ToSignedInteger();
            NarrowWire(form.Variables[0], IntegerRange.Point(low).Hull(IntegerRange.Point(high)));
        }
        else
        {
            NarrowWire(form.Variables[0], (range + IntegerRange.Point(-form.Constant.ToSignedInteger())) * inverse.ToSignedInteger());
        }
    }

    /// <summary>The number of a form whose range has become narrower, or of one of whose wires.</summary>
    public bool TakeChangedForm(out int form) => _changedForms.TryDequeue(out form) && _isChanged.Remove(form);

    /// <summary>Has a form looked at again.</summary>
    public void Reconsider(int form)
    {
        if (_isChanged.Add(form))
        {
            _changedForms.Enqueue(form);
        }
    }

    private static BigInteger AddProduct(BigInteger sum, BigInteger coefficient, BigInteger value) =>
        value.IsZero ? sum : sum + (value.IsOne ? coefficient : coefficient * value);

    private void NarrowWire(int wire, IntegerRange range)
    {
        if (!range.IsMeaningful)
        {
            return;
        }

        var narrowed = _wires[wire] is { } known ? known.And(range) : range;
        if (_wires[wire] != narrowed && _updates[wire] < MaximumUpdates)
        {
            _wires[wire] = narrowed;
            _updates[wire]++;
            ChangedWires.Enqueue(wire);
        }
    }

    private void NarrowForm(LinearCombination form, IntegerRange range)
    {
        if (form.Count > LongestKey)
        {
            return;
        }

        if (!_byDirection.TryGetValue(form, out var index))
        {
            _byDirection.Add(form, _forms.Count);
            _shapes.Add(DirectionComparer.HashOf(form.Variables));
            Reconsider(_forms.Count);
            _forms.Add(new(form, range));
            return;
        }

        var known = _forms[index];
        if (range.Width < known.Range.Width)
        {
            Reconsider(index);
            _forms[index] = new(form, range);
        }
    }
}
