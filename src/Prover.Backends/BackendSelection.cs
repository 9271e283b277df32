namespace Prover.Backends;

/// <summary>A backend that can be chosen by name.</summary>
/// <param name="Name">What the user writes: "reference", "cpu" or, since there may be several, "gpu:0" and so on.</param>
/// <param name="Create">Makes the backend; throws <see cref="DeviceNotFoundException"/> if its device is not there or cannot be used.</param>
public sealed record BackendCandidate(string Name, Func<IProverBackend> Create)
{
    /// <summary>What the user writes for all devices of its kind: the name without the number.</summary>
    public string Kind => Name.Split(':')[0];
}

/// <summary>Turns the name of a device into a backend. A device that was named is used or is an error; only "auto" chooses.</summary>
/// <param name="candidates">The backends there are, the fastest first and those of a kind in a row.</param>
public sealed class BackendSelection(params IReadOnlyList<BackendCandidate> candidates)
{
    /// <summary>The name that stands for the fastest device that passes its self-test.</summary>
    public const string Auto = "auto";

    /// <summary>Every name that <see cref="Create"/> accepts: those of devices, those of kinds of which there are several, and "auto".</summary>
    public IReadOnlyList<string> Names => [.. candidates.SelectMany(candidate => new[] { candidate.Kind, candidate.Name }).Distinct(), Auto];

    /// <summary>Makes the backend of that name, the first of its kind if it is a kind's.</summary>
    /// <inheritdoc cref="CreateAll"/>
    public IProverBackend Create(string name, Action<string> announce) => CreateAll(name, atMost: 1, announce)[0];

    /// <summary>Makes the backends of that name: all of a kind, if it is a kind's; if it is "auto", all of the fastest kind that pass their self-test.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="atMost">How many can be used, one at least.</param>
    /// <param name="announce">Receives one line that says what "auto" chose, and which devices that are there it left out, and why.</param>
    /// <exception cref="ArgumentException">There is no backend of that name.</exception>
    /// <exception cref="DeviceNotFoundException">A device is missing, or no device passes its self-test.</exception>
    public IReadOnlyList<IProverBackend> CreateAll(string name, int atMost, Action<string> announce)
    {
        if (name == Auto)
            return ChooseFastest(atMost, announce);

        BackendCandidate[] named = [.. candidates.Where(candidate => candidate.Name == name || candidate.Kind == name).Take(atMost)];
        if (named.Length == 0)
            throw new ArgumentException($"There is no device '{name}'; the devices are {string.Join(", ", Names)}.", nameof(name));

        var backends = new List<IProverBackend>();
        try
        {
            foreach (var candidate in named)
            {
                backends.Add(candidate.Create());
            }

            return backends;
        }
        catch
        {
            backends.ForEach(backend => backend.Dispose());
            throw;
        }
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

    private List<IProverBackend> ChooseFastest(int atMost, Action<string> announce)
    {
        var (chosen, kind) = (new List<IProverBackend>(), "");
        var (praise, missing, faulty) = (new List<string>(), new List<string>(), new List<string>());
        try
        {
            foreach (var candidate in candidates)
            {
                if (chosen.Count == atMost || (chosen.Count > 0 && candidate.Kind != kind))
                    break;

                var (backend, isMissing, finding) = Try(candidate);
                if (backend is null)
                {
                    (isMissing ? missing : faulty).Add($"{candidate.Name}: {finding}");
                    continue;
                }

                chosen.Add(backend);
                kind = candidate.Kind;
                praise.Add(finding);
            }

            if (chosen.Count == 0)
                throw new DeviceNotFoundException($"No device can be used. {string.Join(" ", missing.Concat(faulty))}") { WasFound = faulty.Count > 0 };

            announce($"{string.Join("; ", praise)}{(faulty.Count > 0 ? $"; left out: {string.Join(" ", faulty)}" : "")}");
            return chosen;
        }
        catch
        {
            chosen.ForEach(Discard);
            throw;
        }
    }

    /// <summary>Opens a device and tests it. Whatever a driver throws at that is a finding, for the next device may well do.</summary>
    /// <returns>The device if it passes, otherwise whether it is missing; and what is to be said of it.</returns>
    private static (IProverBackend? Backend, bool IsMissing, string Finding) Try(BackendCandidate candidate)
    {
        IProverBackend? failing = null;
        try
        {
            var backend = failing = candidate.Create();
            var result = BackendSelfTest.Run(backend);
            if (!result.Passed)
                return (null, false, result.Detail);

            var praise = $"device {backend.Name}: {backend.Description} (self-test passed in {result.Elapsed.TotalMilliseconds:F0} ms)";
            failing = null;
            return (backend, false, praise);
        }
        catch (DeviceNotFoundException absence)
        {
            return (null, !absence.WasFound, absence.Message);
        }
        catch (Exception failure) when (failure is DeviceLostException or DeviceMemoryException)
        {
            return (null, false, failure.Message);
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            return (null, false, $"{failure.GetType().Name}: {failure.Message}");
        }
        finally
        {
            if (failing is not null)
                Discard(failing);
        }
    }

    private static void Discard(IProverBackend backend)
    {
        try
        {
            backend.Dispose();
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            // A device that fails may refuse this as well; what is told of it is its first failure.
        }
    }
}
