using Prover.Language;

namespace Prover.Compiler;

/// <summary>What to say when a requirement fails.</summary>
/// <param name="Message">Text with the arguments' places as <c>{0}</c>, <c>{1}</c> …; a literal brace is doubled.</param>
/// <param name="Arguments">The values to print.</param>
/// <param name="Span">The requirement in the source.</param>
/// <param name="Rule">The rule instance, such as "initial_margin&lt;32&gt;".</param>
public sealed record Requirement(string Message, IReadOnlyList<RequirementArgument> Arguments, SourceSpan Span, string Rule);

/// <summary>A value to print in a requirement's message.</summary>
/// <param name="Value">The value.</param>
/// <param name="Scale">Decimals of a dec(s); 0 for integers and field elements.</param>
/// <param name="IsBoolean">Whether to print true or false.</param>
public sealed record RequirementArgument(Signal Value, int Scale = 0, bool IsBoolean = false);
