using System.Numerics;
using Prover.Algebra;
using Prover.Groth16;
using Prover.Groth16.Tests;
using Prover.Testing;

namespace Prover.Formats.Tests;

/// <summary>Long lists of points are checked in batches, which must find what the check of each point finds.</summary>
public sealed class SubgroupBatchTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void One_point_outside_the_subgroup_is_named_among_thousands()
    {
        var (circuit, _) = SampleCircuit.Chain(length: 5000, secret: 3);
        var key = Setup.InsecureDevelopment(circuit, new SystemScalarSource());
        ZkeyFile.Write(_folder["good.zkey"], key);
        Assert.Equal(key.B2.ToArray(), ZkeyFile.Read(_folder["good.zkey"], pin: false).B2.ToArray());

        var points = key.B2.ToArray();
        points[4321] = CurveGenerators.TwistPointsOutsideSubgroup.Single();
        ZkeyFile.Write(_folder["bad.zkey"], key with { B2 = points });
        var error = Assert.Throws<MalformedFileException>(() => ZkeyFile.Read(_folder["bad.zkey"], pin: false));
        Assert.Contains("point 4,321: the point is not in the subgroup", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Cofactor_has_no_prime_factor_below_the_coefficients()
    {
        var cofactor = (2 * Fq.Modulus) - Fr.Modulus;
        Assert.True(BigInteger.Remainder(cofactor, 10069).IsZero);
        for (var divisor = 2; divisor <= 1 << 13; divisor++)
        {
            Assert.False(BigInteger.Remainder(cofactor, divisor).IsZero);
        }
    }

    public void Dispose() => _folder.Dispose();
}
