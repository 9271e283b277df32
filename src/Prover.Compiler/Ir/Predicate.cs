namespace Prover.Compiler;

/// <summary>The statement that a boolean signal decides.</summary>
internal abstract record Predicate;

/// <summary>The value is zero.</summary>
internal sealed record IsZeroPredicate(Signal Value) : Predicate;

/// <summary>The value is not zero.</summary>
internal sealed record IsNonZeroPredicate(Signal Value) : Predicate;

/// <summary>The integer is zero or positive.</summary>
internal sealed record IsNonNegativePredicate(Signal Value) : Predicate;

/// <summary>Every part is true.</summary>
internal sealed record AllPredicate(IReadOnlyList<Signal> Parts) : Predicate;
