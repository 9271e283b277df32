namespace Prover.Formats.Tests;

/// <summary>What a process leaves behind that ends while it writes. Alone, since the files of other tests would be removed as well.</summary>
[CollectionDefinition(nameof(UnfinishedOutputTests), DisableParallelization = true)]
[Collection(nameof(UnfinishedOutputTests))]
public sealed class UnfinishedOutputTests(TemporaryFolder folder) : IClassFixture<TemporaryFolder>
{
    [Fact]
    public void Nothing_that_is_unfinished_stays_and_all_that_was_completed_does()
    {
        OutputFile.Write(folder["whole"], "whole");
        File.WriteAllText(folder["before"], "before");
        using var begun = new OutputFile(folder["before"]);
        begun.Stream.Write("half"u8);
        Assert.Equal(3, Directory.GetFiles(folder.Path).Length);

        OutputFile.RemoveUnfinished();

        Assert.Equal(["before", "whole"], Directory.GetFiles(folder.Path).Select(path => File.ReadAllText(path)).Order(StringComparer.Ordinal));
    }
}
