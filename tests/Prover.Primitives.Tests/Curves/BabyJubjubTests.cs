using System.Globalization;
using System.Numerics;

namespace Prover.Primitives.Tests;

public class BabyJubjubTests
{
    private static readonly Gen<EdwardsPoint> Points = Gen.ULong.Array[4].Select(limbs =>
        BabyJubjub.Multiply(BabyJubjub.Base8, limbs.Aggregate(BigInteger.Zero, (sum, limb) => (sum << 64) + limb)));

    // EIP-2494, test vectors 1 and 2; circomlib, test/babyjub.js.
    private static readonly EdwardsPoint P = Point(
        "17777552123799933955779906779655732241715742912184938656739573121738514868268",
        "2626589144620713026669568689430873010625803728049924121243784502389097019475");

    private static readonly EdwardsPoint Q = Point(
        "16540640123574156134436876038791482806971768689494387082833631921987005038935",
        "20819045374670962167435360035096875258406992893633759881276124905556507972311");

    /// <summary>EIP-2494: the generator of the whole curve, of which Base8 is eight times.</summary>
    private static readonly EdwardsPoint Generator = Point(
        "995203441582195749578291179787384436505546430278305826713579947235728471134",
        "5472060717959818805561601436314318772137091100104008585924551046643952123905");

    [Fact]
    public void Adds_as_eip2494_vector_1() => Assert.Equal(
        Point(
            "7916061937171219682591368294088513039687205273691143098332585753343424131937",
            "14035240266687799601661095864649209771790948434046947201833777492504781204499"),
        BabyJubjub.Add(P, Q));

    [Fact]
    public void Doubles_as_eip2494_vector_2() => Assert.Equal(
        Point(
            "6890855772600357754907169075114257697580319025794532037257385534741338397365",
            "4338620300185947561074059802482547481416142213883829469920100239455078257889"),
        BabyJubjub.Add(P, P));

    [Fact]
    public void Base8_is_eight_times_the_generator() => Assert.Equal(BabyJubjub.Base8, BabyJubjub.Multiply(Generator, 8));

    [Fact]
    public void The_generator_has_eight_times_the_subgroups_order()
    {
        var order = 8 * BabyJubjub.SubgroupOrder;
        Assert.Equal(BabyJubjub.Identity, BabyJubjub.Multiply(Generator, order));
        Assert.NotEqual(BabyJubjub.Identity, BabyJubjub.Multiply(Generator, order / 2));
        Assert.NotEqual(BabyJubjub.Identity, BabyJubjub.Multiply(Generator, 8));
    }

    /// <summary>Completeness of the addition law rests on these two facts (Bernstein et al. 2008, theorem 3.3).</summary>
    [Fact]
    public void Parameter_a_is_a_square_but_d_is_not()
    {
        Assert.Equal(1, Legendre(168700));
        Assert.Equal(-1, Legendre(168696));
    }

    [Fact]
    public void Addition_is_commutative_associative_and_stays_on_the_curve() => Gen.Select(Points, Points, Points).Sample(
        (p, q, r) =>
            BabyJubjub.IsOnCurve(BabyJubjub.Add(p, q))
            && BabyJubjub.Add(p, q) == BabyJubjub.Add(q, p)
            && BabyJubjub.Add(BabyJubjub.Add(p, q), r) == BabyJubjub.Add(p, BabyJubjub.Add(q, r))
            && BabyJubjub.Add(p, BabyJubjub.Identity) == p
            && BabyJubjub.Add(p, new(-p.X, p.Y)) == BabyJubjub.Identity,
        iter: 20,
        threads: 1);

    [Fact]
    public void Multiplication_adds_repeatedly() => Points.Sample(
        p =>
        {
            var sum = BabyJubjub.Identity;
            for (var k = 0; k < 20; k++)
            {
                Assert.Equal(sum, BabyJubjub.Multiply(p, k));
                sum = BabyJubjub.Add(sum, p);
            }

            Assert.Equal(p, BabyJubjub.Multiply(p, BabyJubjub.SubgroupOrder + 1));
        },
        iter: 3,
        threads: 1);

    [Fact]
    public void Points_of_small_order_add_completely()
    {
        var order2 = new EdwardsPoint(Fr.Zero, -Fr.One);
        Assert.True(BabyJubjub.IsOnCurve(order2));
        Assert.Equal(BabyJubjub.Identity, BabyJubjub.Add(order2, order2));
        Assert.Equal(order2, BabyJubjub.Multiply(Generator, 4 * BabyJubjub.SubgroupOrder));
    }

    [Theory]
    [InlineData(0, 1, true)]
    [InlineData(1, 0, false)]
    [InlineData(0, 0, false)]
    public void Knows_its_points(int x, int y, bool expected) => Assert.Equal(expected, BabyJubjub.IsOnCurve(new(x, y)));

    [Fact]
    public void Refuses_a_negative_factor() => Assert.Throws<ArgumentOutOfRangeException>(() => BabyJubjub.Multiply(P, -1));

    private static int Legendre(BigInteger value)
    {
        var power = BigInteger.ModPow(value, (Fr.Modulus - 1) / 2, Fr.Modulus);
        return power == Fr.Modulus - 1 ? -1 : (int)power;
    }

    private static EdwardsPoint Point(string x, string y) => new(Parse(x), Parse(y));

    private static Fr Parse(string digits) => Fr.FromInteger(BigInteger.Parse(digits, CultureInfo.InvariantCulture));
}
