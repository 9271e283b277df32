using ILGPU;
using Element = Prover.Backends.Gpu.DeviceField<Prover.Algebra.ScalarModulus>;

namespace Prover.Backends.Gpu;

/// <summary>What a device runs on the rows of a sparse matrix.</summary>
internal static class RowKernels
{
    /// <summary>
    /// The inner product of each piece of a row with a vector. Piece t has the terms from starts[t] on, lengths[t] of them, and goes to products[places[t]].
    /// </summary>
    /// <param name="piece">The piece.</param>
    /// <param name="starts">Where pieces start.</param>
    /// <param name="lengths">How many terms they have.</param>
    /// <param name="places">Where their products go.</param>
    /// <param name="columns">The column of each term.</param>
    /// <param name="coefficientIds">Which coefficient each term has.</param>
    /// <param name="coefficients">The coefficients.</param>
    /// <param name="vector">The vector.</param>
    /// <param name="products">The products.</param>
    public static void Multiply(
        Index1D piece,
        ArrayView<int> starts,
        ArrayView<int> lengths,
        ArrayView<int> places,
        ArrayView<int> columns,
        ArrayView<int> coefficientIds,
        ArrayView<Element> coefficients,
        ArrayView<Element> vector,
        ArrayView<Element> products)
    {
        Element sum = default;
        var start = starts[piece];
        for (var term = start; term < start + lengths[piece]; term++)
        {
            sum = Element.Add(sum, Element.Multiply(coefficients[coefficientIds[term]], vector[columns[term]]));
        }

        products[places[piece]] = sum;
    }

    /// <summary>Rows of several pieces: products[rows[i]] becomes the sum of those from starts[i] on, up to the start of the next.</summary>
    public static void AddPieces(Index1D index, ArrayView<int> rows, ArrayView<int> starts, ArrayView<Element> products)
    {
        Element sum = default;
        for (var piece = starts[index]; piece < starts[index + 1]; piece++)
        {
            sum = Element.Add(sum, products[piece]);
        }

        products[rows[index]] = sum;
    }
}
