namespace Prover.Audit.Tests;

/// <summary>The classic mistakes of circom circuits, each beside its remedy.</summary>
public sealed class MistakeTests(CircomLibrary library)
{
    private const string Division = """
        include "comparators.circom";
        template Divide() {
            signal input a;
            signal input b;
            signal output q;
            signal output r;
            q <-- a \ b;
            r <-- a % b;
            signal p <== q * b;
            a === p + r;
            component divisor = Num2Bits(8);
            divisor.in <== b;
            component remainder = Num2Bits(8);
            remainder.in <== r;
            {0}
        }
        component main {public [a, b]} = Divide();
        """;

    private const string QuotientRange = "component quotient = Num2Bits(16); quotient.in <== q;";
    private const string RemainderBelowDivisor = "component below = LessThan(8); below.in[0] <== r; below.in[1] <== b; below.out === 1;";

    [Fact]
    public void A_quotient_needs_a_range() => Compare(Division, RemainderBelowDivisor, QuotientRange + RemainderBelowDivisor);

    [Fact]
    public void A_remainder_must_be_below_the_divisor() => Compare(Division, QuotientRange, QuotientRange + RemainderBelowDivisor);

    [Fact]
    public void Bits_must_be_bits() => Compare("""
        template Bits() {
            signal input in;
            signal output out[4];
            for (var i = 0; i < 4; i++) { out[i] <-- (in >> i) & 1; }
            for (var i = 0; i < {0}; i++) { out[i] * (out[i] - 1) === 0; }
            out[0] + 2 * out[1] + 4 * out[2] + 8 * out[3] === in;
        }
        component main {public [in]} = Bits();
        """, "3", "4");

    [Fact]
    public void The_inverse_of_zero_must_be_something() => Compare("""
        template Inverse() {
            signal input in;
            signal output isZero;
            signal output inverse;
            inverse <-- in != 0 ? 1 / in : 0;
            isZero <== 1 - in * inverse;
            in * isZero === 0;
            {0}
        }
        component main {public [in]} = Inverse();
        """, "", "isZero * inverse === 0;");

    [Fact]
    public void An_assignment_is_no_constraint() => Compare("""
        template Hint() {
            signal input in;
            signal output out;
            signal inner;
            inner {0} in * in;
            out <== inner * inner;
        }
        component main {public [in]} = Hint();
        """, "<--", "<==");

    [Fact]
    public void An_output_needs_a_row() => Compare("""
        template Output() {
            signal input in;
            signal output out;
            out <-- 7;
            in * in === in;
            {0}
        }
        component main {public [in]} = Output();
        """, "", "out === 7;");

    [Fact]
    public void A_square_has_two_roots() => Compare("""
        include "bitify.circom";
        template Root() {
            signal input in;
            signal output out;
            out <-- 3;
            out * out === in;
            {0}
        }
        component main {public [in]} = Root();
        """, "", "signal half <== in * in; half === 81; out === 3;");

    /// <summary>circom's header counts unused inputs, which have no wires: the wires in their place are no inputs.</summary>
    [Fact]
    public void Unused_inputs_do_not_hide_free_wires() => Compare("""
        template Unused() {
            signal input a;
            signal input unused[3];
            signal output out;
            signal inner;
            inner {0} a * a;
            out <== inner * inner;
        }
        component main = Unused();
        """, "<--", "<==");

    private void Compare(string text, string mistake, string remedy)
    {
        for (var level = 1; level <= 2; level++)
        {
            var bad = UniquenessAudit.Run(library.Compile(text.Replace("{0}", mistake, StringComparison.Ordinal), level), effort: 10_000_000);
            Assert.True(bad.Verdict == Verdict.NotUnique, $"--O{level}: {bad.Verdict}");
            Assert.True(bad.Pair!.DiffersInOutput);
            var good = UniquenessAudit.Run(library.Compile(text.Replace("{0}", remedy, StringComparison.Ordinal), level), effort: 10_000_000);
            Assert.True(good.Verdict == Verdict.Unique, $"remedied, --O{level}: {good.Verdict}, {string.Join("; ", good.Unproved.Take(5))}");
        }
    }
}
