namespace Prover.Backends;

/// <summary>A backend that can be chosen by name.</summary>
/// <param name="Name">What the user writes: "reference", "cpu" or "gpu".</param>
/// <param name="Create">Makes the backend; throws <see cref="DeviceNotFoundException"/> if its device is not there.</param>
public sealed record BackendCandidate(string Name, Func<IProverBackend> Create);

/// <summary>Turns the name of a device into a backend. A device that was named is used or is an error; only "auto" chooses.</summary>
/// <param name="candidates">The backends there are, the fastest first.</param>
public sealed class BackendSelection(params IReadOnlyList<BackendCandidate> candidates)
{
    /// <summary>The name that stands for the fastest device that passes its self-test.</summary>
    public const string Auto = "auto";

    /// <summary>Every name that <see cref="Create"/> accepts.</summary>
    public IReadOnlyList<string> Names => [.. candidates.Select(candidate => candidate.Name), Auto];

    /// <summary>Makes the backend of that name.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="announce">Receives one line that says what "auto" chose.</param>
    /// <exception cref="ArgumentException">There is no backend of that name.</exception>
    /// <exception cref="DeviceNotFoundException">The device is missing, or no device passes its self-test.</exception>
    public IProverBackend Create(string name, Action<string> announce)
    {
        if (name == Auto)
            return ChooseFastest(announce);

        var candidate = candidates.FirstOrDefault(candidate => candidate.Name == name)
            ?? throw new ArgumentException($"There is no device '{name}'; the devices are {string.Join(", ", Names)}.", nameof(name));
        return candidate.Create();
    }

    /// <summary>Runs the self-test of every backend; a missing device is a result like any other.</summary>
    public IReadOnlyList<SelfTestResult> TestAll() => [.. candidates.Select(Test)];

    private static SelfTestResult Test(BackendCandidate candidate)
    {
        try
        {
            using var backend = candidate.Create();
            return BackendSelfTest.Run(backend);
        }
        catch (DeviceNotFoundException missing)
        {
            return new SelfTestResult(candidate.Name, false, missing.Message, TimeSpan.Zero);
        }
    }

    private IProverBackend ChooseFastest(Action<string> announce)
    {
        var reasons = new List<string>();
        foreach (var candidate in candidates)
        {
            IProverBackend backend;
            try
            {
                backend = candidate.Create();
            }
            catch (DeviceNotFoundException missing)
            {
                reasons.Add($"{candidate.Name}: {missing.Message}");
                continue;
            }

            var result = BackendSelfTest.Run(backend);
            if (result.Passed)
            {
                announce($"device {backend.Name}: {backend.Description} (self-test passed in {result.Elapsed.TotalMilliseconds:F0} ms)");
                return backend;
            }

            backend.Dispose();
            reasons.Add($"{candidate.Name}: {result.Detail}");
        }

        throw new DeviceNotFoundException($"No device can be used. {string.Join(" ", reasons)}");
    }
}
