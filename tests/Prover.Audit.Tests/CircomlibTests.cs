namespace Prover.Audit.Tests;

/// <summary>What the audit says of circomlib's gadgets, of which it knows nothing but the rows.</summary>
public sealed class CircomlibTests(CircomLibrary library)
{
    private const long Effort = 3_000_000;

    [Theory]
    [InlineData("bitify", "Num2Bits(8)", "in")]
    [InlineData("bitify", "Num2Bits(253)", "in")]
    [InlineData("bitify", "Num2Bits_strict()", "in")]
    [InlineData("bitify", "Bits2Num_strict()", "in")]
    [InlineData("comparators", "LessThan(32)", "in")]
    [InlineData("comparators", "GreaterEqThan(16)", "in")]
    [InlineData("compconstant", "CompConstant(12345)", "in")]
    [InlineData("aliascheck", "AliasCheck()", "in")]
    [InlineData("sign", "Sign()", "in")]
    [InlineData("mux1", "Mux1()", "c, s")]
    [InlineData("mux2", "Mux2()", "c, s")]
    [InlineData("mux3", "Mux3()", "c, s")]
    [InlineData("mux4", "Mux4()", "c, s")]
    [InlineData("multiplexer", "Multiplexer(2, 4)", "inp, sel")]
    [InlineData("switcher", "Switcher()", "sel, L, R")]
    [InlineData("gates", "MultiAND(5)", "in")]
    [InlineData("binsum", "BinSum(8, 2)", "in")]
    [InlineData("poseidon", "Poseidon(2)", "inputs")]
    [InlineData("mimc", "MiMC7(91)", "x_in, k")]
    [InlineData("mimcsponge", "MiMCSponge(2, 220, 1)", "ins, k")]
    [InlineData("babyjub", "BabyCheck()", "x, y")]
    public void Unique(string file, string template, string inputs) => Expect(Verdict.Unique, file, template, inputs);

    /// <summary>The inverse in IsZero is free where the value is zero.</summary>
    [Theory]
    [InlineData("comparators", "IsZero()", "in")]
    [InlineData("comparators", "IsEqual()", "in")]
    [InlineData("bitify", "Num2BitsNeg(8)", "in")]
    public void Outputs_unique(string file, string template, string inputs) => Expect(Verdict.OutputsUnique, file, template, inputs);

    /// <summary>A decoder may say that nothing is selected; bits may spell the value plus r; divisions by zero may be chosen.</summary>
    [Theory]
    [InlineData("bitify", "Num2Bits(254)", "in")]
    [InlineData("multiplexer", "Decoder(4)", "inp")]
    [InlineData("montgomery", "Edwards2Montgomery()", "in")]
    [InlineData("montgomery", "Montgomery2Edwards()", "in")]
    [InlineData("montgomery", "MontgomeryAdd()", "in1, in2")]
    public void Not_unique(string file, string template, string inputs) => Expect(Verdict.NotUnique, file, template, inputs);

    /// <summary>Roots of large trees: outputs follow from the inputs, inverses of zero do not. --O2 leaves a bit to a combination.</summary>
    [Theory]
    [InlineData("smt/smtprocessor", "SMTProcessor(4)", "oldRoot, siblings, oldKey, oldValue, isOld0, newKey, newValue, fnc", Verdict.OutputsUnique)]
    [InlineData("pointbits", "Point2Bits_Strict()", "in", Verdict.Unique)]
    public void Proved_after_little_simplification(string file, string template, string inputs, Verdict expected) =>
        Assert.Equal(expected, UniquenessAudit.Run(library.Compile(file, template, inputs, level: 1), effort: 0).Verdict);

    /// <summary>What needs to know about curves, or that one of two roots was chosen, has no proof here; the rest of the circuit has.</summary>
    [Theory]
    [InlineData("babyjub", "BabyPbk()", "in", 8)]
    [InlineData("pedersen", "Pedersen(8)", "in", 0)]
    [InlineData("escalarmulany", "EscalarMulAny(8)", "e, p", 0)]
    [InlineData("pointbits", "Bits2Point_Strict()", "in", 0)]
    [InlineData("eddsaposeidon", "EdDSAPoseidonVerifier()", "enabled, Ax, Ay, S, R8x, R8y, M", 254)]
    [InlineData("eddsamimc", "EdDSAMiMCVerifier()", "enabled, Ax, Ay, S, R8x, R8y, M", 254)]
    public void Unproved(string file, string template, string inputs, int provedAtLeast)
    {
        var report = UniquenessAudit.Run(library.Compile(file, template, inputs, level: 1), effort: 0);
        Assert.Equal(Verdict.Unproved, report.Verdict);
        Assert.True(report.Rules.Count(rule => rule > Rule.Input) >= provedAtLeast);
    }

    /// <summary>Without outputs, a free inner wire is all there is to say.</summary>
    [Fact]
    public void Not_unique_inside() => Expect(Verdict.NotUnique, "comparators", "ForceEqualIfEnabled()", "enabled, in");

    private void Expect(Verdict expected, string file, string template, string inputs)
    {
        for (var level = 1; level <= 2; level++)
        {
            var report = UniquenessAudit.Run(library.Compile(file, template, inputs, level), effort: Effort);
            Assert.True(report.Verdict == expected, $"{template} --O{level}: {report.Verdict}, {report.Unproved.Count} unproved");
            Assert.Equal(expected != Verdict.Unique, report.Pair is not null);
        }
    }
}
