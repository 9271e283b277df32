namespace Prover.Language;

/// <summary>What a text consists of, as far as the tree does not tell: its tokens, what the parser took them for, and its comments.</summary>
internal sealed class SyntaxRecord
{
    private readonly List<(int Offset, TokenRole Role)> _marks = [];

    /// <summary>All tokens in their order, with the newlines that may end a statement.</summary>
    public List<Token> Tokens { get; } = [];

    /// <summary>All comments in their order, each from its slashes to the end of its line.</summary>
    public List<SourceSpan> Comments { get; } = [];

    /// <summary>How many marks there are.</summary>
    public int Marks => _marks.Count;

    /// <summary>Notes what the token that begins at an offset is taken for.</summary>
    public void Mark(int offset, TokenRole role) => _marks.Add((offset, role));

    /// <summary>Takes back all marks but the first: the parser reads some tokens again, in another way.</summary>
    public void Forget(int marks) => _marks.RemoveRange(marks, _marks.Count - marks);

    /// <summary>The roles of the tokens that have any, by the offsets at which they begin.</summary>
    public Dictionary<int, TokenRole> CollectRoles()
    {
        var roles = new Dictionary<int, TokenRole>(_marks.Count);
        foreach (var (offset, role) in _marks)
        {
            roles[offset] = roles.GetValueOrDefault(offset) | role;
        }

        return roles;
    }
}
