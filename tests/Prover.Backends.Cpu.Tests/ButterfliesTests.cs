using Prover.Algebra;
using Prover.Testing;

namespace Prover.Backends.Cpu.Tests;

/// <summary>Butterflies of every part of a block against their definition.</summary>
public sealed class ButterfliesTests
{
    private const int Half = 16;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Parts_of_every_place_and_length(bool inverse) => FieldGenerators.Scalars.Array[2 * Half].Sample(
        elements =>
        {
            var roots = new ButterflyRoots().ForTransform(5);
            var generator = new EvaluationDomain(5).Generator;
            if (inverse)
                generator = generator.Invert();

            for (var first = 0; first < Half; first++)
            {
                for (var length = 0; first + length <= Half; length++)
                {
                    var (frequency, time) = (elements.ToArray(), elements.ToArray());
                    Butterflies.InFrequency(frequency.AsSpan(first, length), frequency.AsSpan(Half + first, length), roots, Half, first, inverse);
                    Butterflies.InTime(time.AsSpan(first, length), time.AsSpan(Half + first, length), roots, Half, first, inverse);
                    for (var j = 0; j < Half; j++)
                    {
                        var isTouched = j >= first && j < first + length;
                        var (a, b, root) = (elements[j], elements[Half + j], generator.Power(j));
                        Assert.Equal(isTouched ? (a + b, (a - b) * root) : (a, b), (frequency[j], frequency[Half + j]));
                        Assert.Equal(isTouched ? (a + b * root, a - b * root) : (a, b), (time[j], time[Half + j]));
                    }
                }
            }
        }, iter: 10);
}
