using System.Globalization;
using System.Numerics;
using Prover.Testing;

namespace Prover.Primitives.Tests;

public class PoseidonTests
{
    /// <summary>circomlib, test/poseidoncircuit.js.</summary>
    [Theory]
    [InlineData("7853200120776062878684798364095072458815029376092732009249414926327459813530", 1, 2)]
    [InlineData("14763215145315200506921711489642608356394854266165572616578112107564877678998", 3, 4)]
    [InlineData("1018317224307729531995786483840663576608797660851238720571059489595066344487", 1, 2, 0, 0, 0)]
    [InlineData("13034429309846638789535561449942021891039729847501137143363028890275222221409", 3, 4, 5, 10, 23)]
    public void Matches_circomlibs_published_vectors(string digest, params int[] inputs) =>
        Assert.Equal(Fr.FromInteger(BigInteger.Parse(digest, CultureInfo.InvariantCulture)), Poseidon.Hash([.. inputs.Select(input => (Fr)input)]));

    [Fact]
    public void Matches_circomlibjs_at_every_width()
    {
        const string Script = """
            const poseidon = await buildPoseidon();
            for (let n = 1, at = 0; n <= 16; at += n, n++) print(poseidon.F.toObject(poseidon(args.slice(at, at + n).map(BigInt))));
            """;
        FieldGenerators.Scalars.Array[16 * 17 / 2].Sample(
            elements =>
            {
                var digests = Circomlibjs.Run(Script, elements.Select(element => element.ToInteger()));
                var position = 0;
                for (var count = 1; count <= 16; count++)
                {
                    Assert.Equal(digests[count - 1][0], Poseidon.Hash(elements.AsSpan(position, count)).ToInteger());
                    position += count;
                }
            },
            iter: 1,
            threads: 1);
    }

    [Fact]
    public void A_position_matters() => Assert.NotEqual(Poseidon.Hash(1, 2), Poseidon.Hash(2, 1));

    [Fact]
    public void A_number_of_inputs_matters() => Assert.NotEqual(Poseidon.Hash(1), Poseidon.Hash(1, 0));

    [Theory]
    [InlineData(0)]
    [InlineData(17)]
    public void Refuses_too_few_and_too_many_inputs(int count)
    {
        var error = Assert.Throws<ArgumentException>(() => Poseidon.Hash(new Fr[count]));
        Assert.Contains($"got {count}", error.Message, StringComparison.Ordinal);
    }
}
