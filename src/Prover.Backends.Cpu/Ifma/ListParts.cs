namespace Prover.Backends.Cpu.Ifma;

/// <summary>Lists of which the longest have been dealt out to several, their parts.</summary>
/// <remarks>The first part of a list keeps its number; further ones have numbers of their own behind those of all lists.</remarks>
internal sealed class ListParts
{
    private readonly int _lists;
    private readonly int[] _owners;

    private ListParts(int lists, int[] owners, int[] lengths) => (_lists, _owners, Lengths) = (lists, owners, lengths);

    /// <summary>How long each list is, further parts included.</summary>
    public int[] Lengths { get; }

    /// <summary>The list to which a part belongs.</summary>
    public int OwnerOf(int part) => part < _lists ? part : _owners[part - _lists];

    /// <summary>Deals out lists of more than twice <paramref name="longest"/> items.</summary>
    /// <param name="digits">± the number of each item's list, from 1, or 0; rewritten to those of the parts.</param>
    /// <param name="lengths">How long each list is.</param>
    /// <param name="multiple">Very long lists become a multiple of this many parts, so that equal parts fill groups.</param>
    /// <param name="longest">About how long a part is at most.</param>
    public static ListParts Split(Span<int> digits, ReadOnlySpan<int> lengths, int multiple, int longest)
    {
        var further = 0;
        foreach (var length in lengths)
        {
            further += PartsOf(length) - 1;
        }

        var all = new int[lengths.Length + further];
        lengths.CopyTo(all);
        if (further == 0)
            return new ListParts(lengths.Length, [], all);

        var owners = new int[further];
        var firstFurther = new int[lengths.Length];
        var turns = new int[lengths.Length];
        var next = 0;
        for (var list = 0; list < lengths.Length; list++)
        {
            var parts = PartsOf(lengths[list]);
            firstFurther[list] = lengths.Length + next - 1;
            for (var part = 0; part < parts; part++)
            {
                var length = lengths[list] / parts + (part < lengths[list] % parts ? 1 : 0);
                if (part == 0)
                    all[list] = length;
                else
                    (owners[next], all[lengths.Length + next++]) = (list, length);
            }
        }

        foreach (ref var digit in digits)
        {
            var list = Math.Abs(digit) - 1;
            if (list < 0)
                continue;

            // Parts take turns, so that they end up equally long.
            var parts = PartsOf(lengths[list]);
            if (parts == 1)
                continue;

            var turn = turns[list]++ % parts;
            if (turn > 0)
                digit = Math.Sign(digit) * (firstFurther[list] + turn + 1);
        }

        return new ListParts(lengths.Length, owners, all);

        int PartsOf(int length)
        {
            if (length <= 2 * longest)
                return 1;

            var parts = (length + longest - 1) / longest;
            return parts < multiple ? parts : (parts + multiple - 1) / multiple * multiple;
        }
    }
}
