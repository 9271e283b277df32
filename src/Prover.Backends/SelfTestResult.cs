namespace Prover.Backends;

/// <summary>What a backend's self-test found.</summary>
/// <param name="Name">The backend's name.</param>
/// <param name="Passed">Whether every law held.</param>
/// <param name="Detail">The device if all is well, otherwise the law that failed.</param>
/// <param name="Elapsed">How long the test took, the compilation of kernels included.</param>
public sealed record SelfTestResult(string Name, bool Passed, string Detail, TimeSpan Elapsed);
