using Prover.Constraints;
using Prover.Primitives;

namespace Prover.Bench;

/// <summary>
/// A chain of hashes h ← Poseidon(h, h): every wire is a full-size number. The seed is private, the last hash public.
/// </summary>
/// <remarks>
/// As circom -O2 leaves Poseidon: only S-boxes are rows, x·x = x², x²·x² = x⁴ and x⁴·x = x⁵, and whatever is linear is folded into them. In partial rounds
/// two elements of the state pass no S-box, so that their combinations grow by a term a round. One more row gives each hash a wire.
/// <code>
/// wires   0: one   1: the last hash   2: the seed   then for each hash its S-boxes' wires and, but for the last, the hash
/// </code>
/// </remarks>
public static class PoseidonChain
{
    /// <summary>Least log₂ of a domain: one hash fits.</summary>
    public const int SmallestLogSize = 8;

    private const int Width = 3;
    private const int Seed = 2;
    private const int FirstLocal = 3;

    // Local wires of a hash: the constant one, its input, and its own from then on.
    private const int One = 0;
    private const int Input = 1;
    private const int FirstOwn = 2;

    private static readonly Row[] Template = Rows();

    /// <summary>Rows of one hash.</summary>
    public static int RowsOfHash => Template.Length;

    /// <summary>As many hashes as fit in a domain of 2^<paramref name="logSize"/> points, which also holds a row for the constant and the public wire.</summary>
    public static Profile Build(int logSize)
    {
        var hashes = Math.Max(1, ((1 << logSize) - 2) / RowsOfHash);
        var wires = FirstLocal + (hashes * RowsOfHash) - 1;
        var witness = new Fr[wires];
        (witness[0], witness[Seed]) = (Fr.One, Fr.FromUInt64(0x5eed));
        var (a, b, c) = (new RowBuilder(), new RowBuilder(), new RowBuilder());
        var (input, first) = (Seed, FirstLocal);
        for (var hash = 0; hash < hashes; hash++)
        {
            var output = hash == hashes - 1 ? 1 : first + RowsOfHash - 1;
            foreach (var row in Template)
            {
                var product = Append(a, row.A, input, first, output, witness) * Append(b, row.B, input, first, output, witness);
                witness[Wire(row.C, input, first, output)] = product;
                c.Add(Wire(row.C, input, first, output), Fr.One);
                c.EndRow();
            }

            (input, first) = (output, first + RowsOfHash);
        }

        var circuit = new R1cs(wires, PublicOutputCount: 1, PublicInputCount: 0, PrivateInputCount: 1, a.Build(), b.Build(), c.Build());
        return new Profile("dense", circuit, witness);
    }

    /// <summary>Appends a row and returns its value.</summary>
    private static Fr Append(RowBuilder matrix, (int Wire, Fr Coefficient)[] terms, int input, int first, int output, Fr[] witness)
    {
        var value = Fr.Zero;
        foreach (var (local, coefficient) in terms)
        {
            var wire = Wire(local, input, first, output);
            matrix.Add(wire, coefficient);
            value += coefficient * witness[wire];
        }

        matrix.EndRow();
        return value;
    }

    private static int Wire(int local, int input, int first, int output) => local switch
    {
        One => 0,
        Input => input,
        _ when local == FirstOwn + RowsOfHash - 1 => output,
        _ => first + local - FirstOwn,
    };

    /// <summary>The rows of one hash over local wires.</summary>
    private static Row[] Rows()
    {
        var constants = PoseidonConstants.ForWidth(Width);
        var rows = new List<Row>();

        // Coefficients of the state's three elements over the local wires so far; the state starts as (0, input, input).
        var state = new List<Fr>[Width];
        for (var i = 0; i < Width; i++)
        {
            state[i] = [Fr.Zero, i == 0 ? Fr.Zero : Fr.One];
        }

        var rounds = PoseidonConstants.FullRounds + constants.PartialRounds;
        for (var round = 0; round < rounds; round++)
        {
            var isFull = round < PoseidonConstants.FullRounds / 2 || round >= rounds - (PoseidonConstants.FullRounds / 2);
            for (var i = 0; i < Width; i++)
            {
                state[i][One] += constants.RoundConstants[(round * Width) + i];
                if (isFull || i == 0)
                    FifthPower(rows, state, i);
            }

            Mix(constants.Matrix, state);
        }

        rows.Add(new(Terms(state[0]), [(One, Fr.One)], FirstOwn + rows.Count));
        return [.. rows];
    }

    /// <summary>Three rows and wires; the last wire takes the place of the element.</summary>
    private static void FifthPower(List<Row> rows, List<Fr>[] state, int element)
    {
        var x = Terms(state[element]);
        var square = FirstOwn + rows.Count;
        rows.Add(new(x, x, square));
        rows.Add(new([(square, Fr.One)], [(square, Fr.One)], square + 1));
        rows.Add(new([(square + 1, Fr.One)], x, square + 2));
        foreach (var combination in state)
        {
            combination.AddRange([Fr.Zero, Fr.Zero, Fr.Zero]);
        }

        state[element] = [.. new Fr[square + 2], Fr.One];
    }

    private static void Mix(Fr[] matrix, List<Fr>[] state)
    {
        var mixed = new List<Fr>[Width];
        for (var i = 0; i < Width; i++)
        {
            mixed[i] = [.. new Fr[state.Max(combination => combination.Count)]];
            for (var j = 0; j < Width; j++)
            {
                for (var wire = 0; wire < state[j].Count; wire++)
                {
                    mixed[i][wire] += matrix[(i * Width) + j] * state[j][wire];
                }
            }
        }

        mixed.CopyTo(state, 0);
    }

    private static (int Wire, Fr Coefficient)[] Terms(List<Fr> combination) =>
        [.. combination.Select((coefficient, wire) => (wire, coefficient)).Where(term => !term.coefficient.IsZero)];

    /// <summary>⟨A, w⟩·⟨B, w⟩ = w[C] over local wires.</summary>
    private sealed record Row((int Wire, Fr Coefficient)[] A, (int Wire, Fr Coefficient)[] B, int C);
}
