using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Numerics;

namespace Prover.Cli;

/// <summary>What options take, and how values that they do not take are refused.</summary>
internal static class OptionRules
{
    private static readonly Type[] Numeric = [typeof(int), typeof(int?), typeof(int[]), typeof(long), typeof(long?)];

    /// <summary>Refuses numbers outside of a range, both ends of which are allowed.</summary>
    public static TOption RequireRange<TOption>(this TOption option, long least, long greatest)
        where TOption : Option
    {
        option.Validators.Add(result =>
        {
            foreach (var token in result.Tokens.Where(token => IsNumber(token, out var number) && (number < least || number > greatest)))
            {
                result.AddError(string.Create(CultureInfo.InvariantCulture, $"{option.Name} takes numbers from {least:N0} to {greatest:N0}, got '{token.Value}'."));
            }
        });
        return option;
    }

    /// <summary>Refuses all words but some.</summary>
    public static TOption RequireOneOf<TOption>(this TOption option, params string[] words)
        where TOption : Option
        => option.Require(words.Contains, words);

    /// <summary>Refuses all words but those that something accepts.</summary>
    /// <param name="option">The option.</param>
    /// <param name="accepts">What is accepted.</param>
    /// <param name="words">The same for people.</param>
    public static TOption Require<TOption>(this TOption option, Func<string, bool> accepts, params string[] words)
        where TOption : Option
    {
        option.CompletionSources.Add(words);
        option.Validators.Add(result =>
        {
            foreach (var token in result.Tokens.Where(token => !accepts(token.Value)))
            {
                result.AddError($"{option.Name} takes {string.Join(", ", words)}; got '{token.Value}'.");
            }
        });
        return option;
    }

    /// <summary>A mistake of the command line in plain words: the parser's own name .NET's types.</summary>
    public static string Describe(ParseError mistake)
    {
        var result = mistake.SymbolResult as OptionResult ?? mistake.SymbolResult?.Parent as OptionResult;
        return result is not null && Numeric.Contains(result.Option.ValueType) && result.Tokens.FirstOrDefault(token => !IsNumber(token, out _)) is { } wrong
            ? $"{result.Option.Name} takes whole numbers, got '{wrong.Value}'."
            : mistake.Message;
    }

    private static bool IsNumber(Token token, out BigInteger number) =>
        BigInteger.TryParse(token.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number);
}
