using System.Numerics;
using Prover.Witness;

namespace Prover.Compiler;

/// <summary>Inputs to try a property with: all there are, if these are few, otherwise the edges of the types and then random ones.</summary>
internal sealed class PropertyInputs(IReadOnlyList<CircuitInput> inputs, PropertySettings settings)
{
    private readonly Random _random = new(settings.Seed);

    /// <summary>Whether every possible input is drawn.</summary>
    public bool AreAll { get; } = inputs.Aggregate(BigInteger.One, (count, input) => BigInteger.Min(settings.Cases + 1, count * SizeOf(input))) <= settings.Cases;

    /// <summary>The value of an input that is nearest to 0.</summary>
    public static BigInteger NearestToZero(CircuitInput input) => BigInteger.Clamp(BigInteger.Zero, input.Low, input.High);

    /// <summary>Raw values in the order of the inputs; without end unless they are all there are.</summary>
    public IEnumerable<BigInteger[]> Draw() => AreAll ? Enumerate() : Edges().Concat(DrawRandom());

    private IEnumerable<BigInteger[]> Enumerate()
    {
        var values = inputs.Select(input => input.Low).ToArray();
        while (true)
        {
            yield return [.. values];
            var digit = 0;
            while (digit < values.Length && values[digit] == inputs[digit].High)
            {
                values[digit] = inputs[digit++].Low;
            }

            if (digit == values.Length)
            {
                yield break;
            }

            values[digit]++;
        }
    }

    private IEnumerable<BigInteger[]> Edges() =>
    [
        [.. inputs.Select(NearestToZero)],
        [.. inputs.Select(input => input.High)],
        [.. inputs.Select(input => input.Low)],
    ];

    private IEnumerable<BigInteger[]> DrawRandom()
    {
        while (true)
        {
            var values = new BigInteger[inputs.Count];
            for (var i = 0; i < values.Length; i++)
            {
                // Equal inputs meet more rarely than they matter.
                var copied = i > 0 && _random.Next(8) == 0 ? values[_random.Next(i)] : inputs[i].Low - 1;
                values[i] = copied >= inputs[i].Low && copied <= inputs[i].High ? copied : DrawOne(inputs[i]);
            }

            yield return values;
        }
    }

    /// <summary>A value at an edge, near a round number, of few bits, or anywhere.</summary>
    private BigInteger DrawOne(CircuitInput input)
    {
        var width = (int)SizeOf(input).GetBitLength();
        var value = _random.Next(8) switch
        {
            0 => _random.Next(2) == 0 ? input.Low + _random.Next(2) : input.High - _random.Next(2),
            1 => Signed(BigInteger.Pow(10, _random.Next(1 + (width * 3 / 10))) * _random.Next(10)),
            2 => Signed((BigInteger.One << _random.Next(width)) + _random.Next(-1, 2)),
            3 or 4 => NearestToZero(input) + Signed(Below(BigInteger.One << _random.Next(width))),
            _ => input.Low + Below(SizeOf(input)),
        };
        return BigInteger.Clamp(value, input.Low, input.High);
    }

    private BigInteger Signed(BigInteger value) => _random.Next(2) == 0 ? value : -value;

    private BigInteger Below(BigInteger bound)
    {
        // Eight bytes more than needed make the remainder uniform but for 2⁻⁶⁴.
        var bytes = new byte[bound.GetByteCount(isUnsigned: true) + 8];
        _random.NextBytes(bytes);
        return new BigInteger(bytes, isUnsigned: true) % bound;
    }

    private static BigInteger SizeOf(CircuitInput input) => input.High - input.Low + 1;
}
