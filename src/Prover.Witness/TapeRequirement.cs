using System.Numerics;

namespace Prover.Witness;

/// <summary>What a failing requirement says, and the range if it is about one.</summary>
/// <param name="Message">Text with the arguments' places as <c>{0}</c>, <c>{1}</c> …; a literal brace is doubled.</param>
/// <param name="Arguments">The values to print.</param>
/// <param name="Location">"path:line:column".</param>
/// <param name="Rule">The rule instance.</param>
/// <param name="Low">Least accepted value of a range requirement, otherwise 0.</param>
/// <param name="High">Greatest accepted value of a range requirement, otherwise 0.</param>
public sealed record TapeRequirement(
    string Message, IReadOnlyList<TapeArgument> Arguments, string Location, string Rule, BigInteger Low, BigInteger High);

/// <summary>A value to print.</summary>
/// <param name="Linear">A row of the tape's linear table.</param>
/// <param name="Kind">How to print it.</param>
/// <param name="Scale">Decimals, if an integer.</param>
public sealed record TapeArgument(int Linear, ValueKind Kind, int Scale);
