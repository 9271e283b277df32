namespace Prover.Cli.Tests;

public sealed class DocCommandTests : IDisposable
{
    private const string Rules = """
        // About fees.
        // Nothing else.

        const FEE = 0.25                            // of a percent
        type  Money = dec(2)[-1.50 .. 100]

        // What is paid.
        struct Order<N> { parts: [Money; N], isBig: bool }  // unsettled

        // The sum of its parts.
        fn total<N>(o: Order<N>) =
          sum(i in 0..N: narrow(o.parts[i], dec(2)[0 .. 50], "part {i} too large"))

        // Enough money is there.
        rule affordable<N>(public cash: Money, private order: Order<N>, public digest: field) {
          for i in 0..1 {
            require total(order) <= cash, "cash {cash} | short"
          }
          require digest == 0, "digest"
        }

        test "one" { affordable<1>(0.10, Order { parts: [0.10], isBig: true }, 0) passes }
        test "two" { affordable<1>(0.10, Order { parts: [0.11], isBig: true }, 0) fails "short" }
        property "money is small" forall x: Money { x <= 1.0 }
        budget affordable<1> <= 100
        """;

    private const string Expected = """
        # rules.circuit

        About fees.
        Nothing else.

        ## Constants

        | constant | value | |
        |---|---|---|
        | `FEE` | `0.25` | of a percent |

        ## Types

        | type | is | range | |
        |---|---|---|---|
        | `Money` | `dec(2)[-1.50 .. 100]` | -1.5 … 1 |  |

        ## Structs

        ### `Order<N>`

        What is paid.

        | field | type | range | |
        |---|---|---|---|
        | `parts` | `[Money; N]` | -1.5 … 1 |  |
        | `isBig` | `bool` |  |  |

        ## Functions

        ### `total`

        ```circuit
        fn total<N>(o: Order<N>)
        ```

        The sum of its parts.

        ## Rules

        ### `affordable<N>`

        Enough money is there.

        | parameter | | type | range |
        |---|---|---|---|
        | `cash` | public | `Money` | -1.5 … 1 |
        | `order` | private | `Order<N>` |  |
        | `digest` | public | `field` |  |

        Requires:

        - part {i} too large
        - cash {cash} | short
        - digest

        Tests:

        - one: passes
        - two: fails with "short"

        Budgets:

        - `affordable<1>`: ROWS of at most 100 rows

        ## Properties

        ### money is small

        ```circuit
        property "money is small" forall x: Money { x <= 1.0 }
        ```

        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("prover-doc-").FullName;

    public DocCommandTests() => File.WriteAllText(Source, Rules);

    private string Source => Path.Combine(_folder, "rules.circuit");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_document_says_what_stands_in_the_file()
    {
        var output = Path.Combine(_folder, "rules.md");
        Outcome.Of("doc", Source, "-o", output).Expect(ExitCode.Success);
        var rows = Outcome.Of("test", Source, "--filter", "affordable", "--json").Json.GetProperty("budgets")[0].GetProperty("constraints").GetInt32();

        Assert.Equal(Expected.Replace("ROWS", $"{rows}", StringComparison.Ordinal), File.ReadAllText(output), ignoreLineEndingDifferences: true);
        Assert.InRange(rows, 10, 100);
    }

    [Fact]
    public void A_folder_is_one_document_with_paths_within_it()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "parts"));
        File.WriteAllText(Path.Combine(_folder, "parts", "a.circuit"), "// Above the function, so about it.\nfn one() = 1\n");

        var text = Outcome.Of("doc", _folder).Expect(ExitCode.Success).Output;

        Assert.StartsWith("# parts/a.circuit", text, StringComparison.Ordinal);
        Assert.Contains("fn one()\n```\n\nAbove the function", text, StringComparison.Ordinal);
        Assert.Contains("\n\n# rules.circuit\n", text, StringComparison.Ordinal);
        Assert.DoesNotContain(_folder, text, StringComparison.Ordinal);
        Assert.Equal(text, Outcome.Of("doc", _folder).Output);
    }

    [Fact]
    public void Files_with_errors_and_folders_without_circuits_are_refused()
    {
        var output = Path.Combine(_folder, "rules.md");
        File.WriteAllText(Source, Rules.Replace("<= cash", "<= cask", StringComparison.Ordinal));

        Assert.Contains("R0304", Outcome.Of("doc", Source, "-o", output).Expect(ExitCode.NegativeVerdict).Error, StringComparison.Ordinal);
        Assert.False(File.Exists(output));
        Outcome.Of("doc", Directory.CreateDirectory(Path.Combine(_folder, "none")).FullName).Expect(ExitCode.BadFile);
        Outcome.Of("doc", Source, "-o", Source).Expect(ExitCode.Usage);
    }
}
