using System.Numerics;
using Prover.Constraints;

namespace Prover.Audit;

/// <summary>A combination whose value is in a range in every satisfying assignment.</summary>
/// <param name="Form">The combination.</param>
/// <param name="Range">Narrower than the modulus.</param>
internal sealed record RangedForm(LinearCombination Form, IntegerRange Range);

/// <summary>Combinations with ranges that those of their wires do not give; one for all multiples of a combination, with any constants.</summary>
internal sealed class RangedForms
{
    /// <summary>Longer combinations are not looked up, their hash costs too much.</summary>
    private const int LongestKey = 2048;

    /// <summary>So many combinations of so few wires are found by one of them.</summary>
    private const int MostShort = 4, LongestShort = 5;

    private readonly Dictionary<LinearCombination, int> _byDirection = new(DirectionComparer.Instance);
    private readonly HashSet<int> _shapes = [];
    private readonly List<RangedForm> _forms = [];
    private readonly Dictionary<int, List<int>> _shortByWire = [];
    private readonly Queue<int> _changed = new();
    private readonly HashSet<int> _isChanged = [];

    /// <summary>All of them.</summary>
    public IReadOnlyList<RangedForm> All => _forms;

    /// <summary>Whether any waits to be looked at.</summary>
    public bool HasChanged => _changed.Count > 0;

    /// <summary>Whether a combination of these wires may be among them; false is certain.</summary>
    public bool MayContain(ReadOnlySpan<int> wires) => wires.Length is > 0 and <= LongestKey && _shapes.Contains(DirectionComparer.HashOf(wires));

    /// <summary>The range of a combination by what is known of a multiple of it.</summary>
    public IntegerRange? Of(LinearCombination form) =>
        form.Count is > 0 and <= LongestKey && _byDirection.TryGetValue(form, out var index) && RangeBy(_forms[index], form) is { IsMeaningful: true } range
            ? range
            : null;

    /// <summary>A few short ones in which a wire occurs.</summary>
    public IEnumerable<RangedForm> ShortWith(int wire) => _shortByWire.TryGetValue(wire, out var found) ? found.Select(index => _forms[index]) : [];

    /// <summary>Notes a range narrower than the modulus; returns whether an assignment may satisfy all that is known of the combination.</summary>
    /// <remarks>Where a multiple ±1 is known already, its value is in both ranges; of other multiples the one with the narrower range is kept.</remarks>
    public bool Narrow(LinearCombination form, IntegerRange range)
    {
        if (form.Count > LongestKey)
        {
            return true;
        }

        if (!_byDirection.TryGetValue(form, out var index))
        {
            Add(form, range);
            return true;
        }

        var known = RangeBy(_forms[index], form);
        if (known.IsMeaningful && known.IsDisjointFrom(range))
        {
            return false;
        }

        var before = _forms[index].Range.Width;
        var narrowed = known.Width == before ? known.And(range) : range;
        if (narrowed.Width < before)
        {
            _forms[index] = new(form, narrowed);
            Reconsider(index);
        }

        return true;
    }

    /// <summary>The number of a combination whose range has become narrower, or of one of whose wires.</summary>
    public bool TakeChanged(out int form) => _changed.TryDequeue(out form) && _isChanged.Remove(form);

    /// <summary>Has a combination looked at again.</summary>
    public void Reconsider(int form)
    {
        if (_isChanged.Add(form))
        {
            _changed.Enqueue(form);
        }
    }

    private void Add(LinearCombination form, IntegerRange range)
    {
        var index = _forms.Count;
        _byDirection.Add(form, index);
        _shapes.Add(DirectionComparer.HashOf(form.Variables));
        _forms.Add(new(form, range));
        Reconsider(index);
        foreach (var wire in form.Count <= LongestShort ? form.Variables : [])
        {
            if (!_shortByWire.TryGetValue(wire, out var others))
            {
                _shortByWire.Add(wire, others = []);
            }

            if (others.Count < MostShort)
            {
                others.Add(index);
            }
        }
    }

    /// <summary>form = ratio·known + offset.</summary>
    private static IntegerRange RangeBy(RangedForm known, LinearCombination form)
    {
        var ratio = Forms.Ratio(form.Coefficients[0], known.Form.Coefficients[0]);
        var offset = form.Constant - (known.Form.Constant * ratio);
        return (known.Range * ratio.ToSignedInteger()) + IntegerRange.Point(offset.ToSignedInteger());
    }
}
