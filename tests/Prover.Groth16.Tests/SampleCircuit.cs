using Prover.Constraints;

namespace Prover.Groth16.Tests;

/// <summary>Circuits with known witnesses, and a way to spell small ones out.</summary>
public static class SampleCircuit
{
    /// <summary>One linear combination: pairs of wire and coefficient, wires ascending.</summary>
    public delegate (int Wire, Fr Coefficient)[] Row(int index);

    /// <summary>A matrix from its rows.</summary>
    public static SparseMatrix Matrix(int rows, Row row)
    {
        var starts = new int[rows + 1];
        var wires = new List<int>();
        var ids = new List<int>();
        var coefficients = new List<Fr>();
        for (var i = 0; i < rows; i++)
        {
            foreach (var (wire, coefficient) in row(i))
            {
                var id = coefficients.IndexOf(coefficient);
                if (id < 0)
                {
                    id = coefficients.Count;
                    coefficients.Add(coefficient);
                }

                wires.Add(wire);
                ids.Add(id);
            }

            starts[i + 1] = wires.Count;
        }

        return new SparseMatrix(starts, [.. wires], [.. ids], [.. coefficients]);
    }

    /// <summary>
    /// y = f(f(…f(x)…)) with f(v) = (v + 7)·(3v − 1) + 5: wire 1 is the output y, wire 2 the public tag t bound by t·1 = t, wire 3 the
    /// secret x, the others intermediate. Every wire but x is full-size.
    /// </summary>
    public static (R1cs Circuit, Fr[] Witness) Chain(int length, int secret)
    {
        // Wires: one, y, t, x = v₀, v₁ … v_{length−1}; v_length is y.
        int Value(int i) => i == length ? 1 : 3 + i;
        var a = Matrix(length, i => [(0, 7), (Value(i), 1)]);
        var b = Matrix(length, i => [(0, -1), (Value(i), 3)]);
        var c = Matrix(length, i => Value(i + 1) == 1 ? [(0, -5), (1, 1)] : [(0, -5), (Value(i + 1), 1)]);

        var witness = new Fr[3 + length];
        witness[0] = Fr.One;
        witness[2] = 99;
        witness[3] = secret;
        for (var i = 0; i < length; i++)
        {
            var v = witness[Value(i)];
            witness[Value(i + 1)] = ((v + 7) * ((v * 3) - 1)) + 5;
        }

        return (new R1cs(witness.Length, PublicOutputCount: 1, PublicInputCount: 1, PrivateInputCount: 1, a, b, c), witness);
    }
}
