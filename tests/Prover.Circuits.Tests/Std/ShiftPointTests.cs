using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Prover.Primitives;
using Prover.Testing;

namespace Prover.Circuits.Tests;

/// <summary>Scalar multiplication is complete as long as nobody knows the logarithm of its shift, so the shift must come from nowhere.</summary>
public partial class ShiftPointTests
{
    /// <summary>SHIFT of circuits/std/scalarmul.circuit.</summary>
    public static EdwardsPoint Shift { get; } = Derive();

    [Fact]
    public void The_shift_is_derived_as_the_circuit_says()
    {
        var text = File.ReadAllText(Repository.PathOf("circuits", "std", "scalarmul.circuit"));
        var match = ShiftConstant().Match(text);
        Assert.Equal(Shift, new EdwardsPoint(Coordinate("x"), Coordinate("y")));

        Fr Coordinate(string name) => Fr.FromInteger(BigInteger.Parse(match.Groups[name].Value, CultureInfo.InvariantCulture));
    }

    private static EdwardsPoint Derive()
    {
        for (var i = 0; ; i++)
        {
            var digest = SHA256.HashData(Encoding.ASCII.GetBytes($"Baby Jubjub shift {i}"));
            var x = Fr.FromInteger(new BigInteger(digest, isUnsigned: true, isBigEndian: true) % Fr.Modulus);
            if (EvenY(x) is { } y)
            {
                return BabyJubjub.Multiply(new(x, y), 8);
            }
        }
    }

    /// <summary>The even y with a·x² + y² = 1 + d·x²·y², if there is one.</summary>
    private static Fr? EvenY(Fr x)
    {
        var square = (Fr.One - (Fr.FromInteger(168700) * x * x)) * (Fr.One - (Fr.FromInteger(168696) * x * x)).Invert();
        return Root(square) is not { } root ? null : root.ToInteger().IsEven ? root : -root;
    }

    /// <summary>A square root by Cipolla's method: (t + √(t² − n))^((r+1)/2) for a t that makes t² − n no square.</summary>
    private static Fr? Root(Fr n)
    {
        var t = Fr.One;
        while (IsSquare((t * t) - n))
        {
            t += Fr.One;
        }

        var w = (t * t) - n;
        var (a, b, x, y) = (Fr.One, Fr.Zero, t, Fr.One);
        for (var exponent = (Fr.Modulus + 1) / 2; !exponent.IsZero; exponent >>= 1)
        {
            if (!exponent.IsEven)
            {
                (a, b) = ((a * x) + (b * y * w), (a * y) + (b * x));
            }

            (x, y) = ((x * x) + (y * y * w), (x * y) + (x * y));
        }

        return a * a == n ? a : null;
    }

    private static bool IsSquare(Fr value) => BigInteger.ModPow(value.ToInteger(), (Fr.Modulus - 1) / 2, Fr.Modulus) <= 1;

    [GeneratedRegex(@"const SHIFT = Point \{\s*x: (?<x>\d+),\s*y: (?<y>\d+),")]
    private static partial Regex ShiftConstant();
}
