namespace Prover.Audit;

/// <summary>Says of each wire without a proof where the proof got stuck.</summary>
internal static class Obstacles
{
    /// <summary>A wire that occurs more often is judged by its first occurrences.</summary>
    private const int MostPlaces = 64;

    /// <summary>All wires without a proof, ascending.</summary>
    public static IReadOnlyList<UnprovedWire> Of(RowTable rows, Determination determination)
    {
        var unproved = new List<UnprovedWire>();
        for (var wire = 1; wire < rows.WireCount; wire++)
        {
            if (!determination.IsKnown(wire))
            {
                unproved.Add(Of(wire, rows, determination));
            }
        }

        return unproved;
    }

    private static UnprovedWire Of(int wire, RowTable rows, Determination determination)
    {
        var (best, fewest) = (-1, int.MaxValue);
        var places = rows.PlacesOf(wire);
        foreach (var place in places[..Math.Min(places.Length, MostPlaces)])
        {
            var row = place / 3;
            var unknown = UnknownIn(row, rows, determination);
            if (unknown < fewest)
            {
                (best, fewest) = (row, unknown);
            }
        }

        var obstacle = best < 0 ? Obstacle.NoRow
            : fewest > 1 ? Obstacle.SeveralUnknowns
            : determination.UnknownIn(best, 0) > 0 && determination.UnknownIn(best, 1) > 0 ? Obstacle.Quadratic
            : Obstacle.CoefficientMayBeZero;
        return new(wire, best, obstacle);
    }

    /// <summary>Different unknown wires; long rows with several are not counted to the end.</summary>
    private static int UnknownIn(int row, RowTable rows, Determination determination)
    {
        var seen = new HashSet<int>();
        for (var part = 0; part < 3; part++)
        {
            foreach (var wire in rows[part].WiresOf(row))
            {
                if (!determination.IsKnown(wire))
                {
                    seen.Add(wire);
                }

                if (seen.Count > 8)
                {
                    return seen.Count;
                }
            }
        }

        return seen.Count;
    }
}
