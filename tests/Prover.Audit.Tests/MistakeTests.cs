using Prover.Testing;

namespace Prover.Audit.Tests;

/// <summary>The classic mistakes of circom circuits, each beside its remedy: NAME.bad.circom and NAME.good.circom in the folder Mistakes.</summary>
public sealed class MistakeTests(CircomLibrary library)
{
    private const long Effort = 10_000_000;
    private const string Ending = ".bad.circom";

    private static readonly string Folder = Repository.PathOf("tests", "Prover.Audit.Tests", "Mistakes");

    public static TheoryData<string> Names =>
        [.. Directory.GetFiles(Folder, "*" + Ending).Select(path => Path.GetFileName(path)[..^Ending.Length]).Order(StringComparer.Ordinal)];

    [Fact]
    public void There_are_mistakes() => Assert.InRange(Names.Count, 8, 100);

    [Theory]
    [MemberData(nameof(Names))]
    public void A_mistake_is_found_and_its_remedy_is_proved(string name)
    {
        for (var level = 1; level <= 2; level++)
        {
            var bad = Audit(name + Ending, level);
            Assert.True(bad.Verdict == Verdict.NotUnique, $"--O{level}: {bad.Verdict}");
            Assert.True(bad.Pair!.DiffersInOutput);
            var good = Audit(name + ".good.circom", level);
            Assert.True(good.Verdict == Verdict.Unique, $"remedied, --O{level}: {good.Verdict}, {string.Join("; ", good.Unproved.Take(5))}");
        }
    }

    private AuditReport Audit(string file, int level) => UniquenessAudit.Run(library.Compile(File.ReadAllText(Path.Combine(Folder, file)), level), effort: Effort);
}
