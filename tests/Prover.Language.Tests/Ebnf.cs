using System.Text.RegularExpressions;

namespace Prover.Language.Tests;

/// <summary>A grammar in Wirth's notation, which tells whether tokens can be derived from it.</summary>
internal sealed partial class Ebnf
{
    private readonly Dictionary<string, Node> _productions = new(StringComparer.Ordinal);
    private readonly List<string> _words;
    private int _position;

    /// <exception cref="FormatException">The text is no grammar, or a production is missing or there twice.</exception>
    public Ebnf(string text)
    {
        _words = [.. Word().Matches(text).Select(match => match.Value)];
        while (_position < _words.Count)
        {
            var name = _words[_position++];
            Take("=");
            if (!_productions.TryAdd(name, ParseChoice()))
            {
                throw new FormatException($"'{name}' is there twice");
            }

            Take(".");
        }

        if (Names.Except(_productions.Keys).Except(TokenClasses.Keys).FirstOrDefault() is { } missing)
        {
            throw new FormatException($"there is no production '{missing}'");
        }
    }

    /// <summary>What a grammar does not derive further.</summary>
    private static Dictionary<string, TokenKind> TokenClasses { get; } = new(StringComparer.Ordinal)
    {
        ["name"] = TokenKind.Identifier,
        ["integer"] = TokenKind.Integer,
        ["decimal"] = TokenKind.Decimal,
        ["text"] = TokenKind.Text,
        ["line"] = TokenKind.NewLine,
    };

    /// <summary>Everything in quotes, without them.</summary>
    public IEnumerable<string> Terminals => _words.Where(word => word[0] == '"').Select(word => word[1..^1]).Distinct();

    /// <summary>The productions and what they are made of.</summary>
    public IEnumerable<string> Names => _words.Where(word => char.IsAsciiLetter(word[0])).Distinct();

    /// <summary>Whether all tokens up to the end can be derived from a production. Between two words lines may end anywhere.</summary>
    public bool Derives(string production, IReadOnlyList<Token> tokens)
    {
        var ends = new Derivation(this, tokens).Ends(new Reference(production), 0);
        return ends.Any(end => tokens.Skip(end).All(token => token.Kind is TokenKind.NewLine or TokenKind.End));
    }

    private Node ParseChoice()
    {
        List<Node> options = [ParseSequence()];
        while (_position < _words.Count && _words[_position] == "|")
        {
            _position++;
            options.Add(ParseSequence());
        }

        return options is [var only] ? only : new Choice(options);
    }

    private Sequence ParseSequence()
    {
        List<Node> parts = [];
        while (_position < _words.Count && _words[_position] is not ("|" or ")" or "]" or "}" or "."))
        {
            var word = _words[_position++];
            parts.Add(word switch
            {
                "(" => Inside(")", static inner => inner),
                "[" => Inside("]", static inner => new Choice([inner, new Sequence([])])),
                "{" => Inside("}", static inner => new Repetition(inner)),
                _ when word[0] == '"' => new Terminal(word[1..^1]),
                _ => new Reference(word),
            });
        }

        return new(parts);
    }

    private Node Inside(string close, Func<Node, Node> make)
    {
        var inner = ParseChoice();
        Take(close);
        return make(inner);
    }

    private void Take(string word)
    {
        if (_position == _words.Count || _words[_position++] != word)
        {
            throw new FormatException($"expected '{word}' behind {string.Join(' ', _words.Take(_position).TakeLast(5))}");
        }
    }

    [GeneratedRegex("\"[^\"]+\"|[A-Za-z]+|\\S")]
    private static partial Regex Word();

    private abstract record Node;

    private sealed record Terminal(string Text) : Node;

    private sealed record Reference(string Name) : Node;

    private sealed record Sequence(IReadOnlyList<Node> Parts) : Node;

    private sealed record Choice(IReadOnlyList<Node> Options) : Node;

    private sealed record Repetition(Node Part) : Node;

    /// <summary>Finds all places where a derivation can end; each production is tried once at each place.</summary>
    private sealed class Derivation(Ebnf grammar, IReadOnlyList<Token> tokens)
    {
        private readonly Dictionary<(string Production, int Start), int[]> _known = [];

        public IEnumerable<int> Ends(Node node, int start) => node switch
        {
            Terminal terminal => Match(start, token => token.Kind != TokenKind.Text && token.Text == terminal.Text),
            Reference { Name: "line" } => Lines(start),
            Reference reference when TokenClasses.TryGetValue(reference.Name, out var kind) => Match(start, token => token.Kind == kind),
            Reference reference => EndsOf(reference.Name, start),
            Choice choice => choice.Options.SelectMany(option => Ends(option, start)).Distinct(),
            Sequence sequence => sequence.Parts.Aggregate<Node, IEnumerable<int>>([start], (places, part) => [.. places.SelectMany(place => Ends(part, place)).Distinct()]),
            _ => Repeat(((Repetition)node).Part, start),
        };

        private int[] EndsOf(string production, int start)
        {
            if (!_known.TryGetValue((production, start), out var ends))
            {
                ends = [.. Ends(grammar._productions[production], start).Distinct()];
                _known[(production, start)] = ends;
            }

            return ends;
        }

        private HashSet<int> Repeat(Node part, int start)
        {
            HashSet<int> all = [start];
            for (HashSet<int> last = [start]; last.Count > 0;)
            {
                last = [.. last.SelectMany(place => Ends(part, place)).Where(all.Add)];
            }

            return all;
        }

        private int[] Match(int start, Func<Token, bool> fits)
        {
            var place = BehindLines(start);
            return place < tokens.Count && fits(tokens[place]) ? [place + 1] : [];
        }

        private int[] Lines(int start) => BehindLines(start) is var place && place > start ? [place] : [];

        private int BehindLines(int start)
        {
            while (start < tokens.Count && tokens[start].Kind == TokenKind.NewLine)
            {
                start++;
            }

            return start;
        }
    }
}
