using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

using Lane = System.Runtime.Intrinsics.Vector512<ulong>;

namespace Prover.Algebra;

/// <summary>
/// Computes with eight elements of Fr at once, with AVX-512: sums of products with coefficients that all eight share, which are reduced once, and products
/// of two such sums. One instance serves one thread.
/// </summary>
/// <remarks>
/// Elements keep their Montgomery form x·2²⁵⁶, while ten limbs of 26 bits call for a reduction by 2²⁶⁰; so one factor of each product is taken 2⁴-fold.
/// A sum adds its products to 20 columns, and what is not multiplied to the upper ten of these, which a reduction leaves alone.
/// With at most 64 terms no column overflows: 64·10·2⁵² for the products and 10·2⁵² for the reduction are below 2⁶².
/// </remarks>
public sealed class FrLanes
{
    /// <summary>How many elements.</summary>
    public const int Count = 8;

    /// <summary>The most terms of a sum, a constant included.</summary>
    public const int MostTerms = 64;

    private const int LimbCount = LaneElement.LimbCount;

    // Where the vectors are: the columns of the sum, an operand of it, and the two sums.
    private const int Columns = 0;
    private const int Operand = Columns + (2 * LimbCount);
    private const int Coefficient = Operand + LimbCount;
    private const int Left = Coefficient + LimbCount;
    private const int Right = Left + LimbCount;
    private const int End = Right + LimbCount;

    // Vectors that straddle two cache lines cost twice as much; the array is pinned, so that it stays aligned.
    private readonly byte[] _memory = GC.AllocateArray<byte>((End + 1) * Vector512<byte>.Count, pinned: true);
    private readonly int _start;

    private bool _hasProducts;
    private uint _negatives;

    public FrLanes()
    {
        unsafe
        {
            // Only the address is looked at.
            var address = (nuint)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(_memory));
            _start = (int)(-(nint)address & (Vector512<byte>.Count - 1));
        }
    }

    /// <summary>Whether this processor can.</summary>
    public static bool IsSupported => Avx512F.IsSupported && Vector512.IsHardwareAccelerated;

    /// <summary>Coefficients as <see cref="AddProduct"/> takes them: the limbs of 2⁴·c, ten words each.</summary>
    public static ulong[] Spread(ReadOnlySpan<Fr> coefficients)
    {
        var limbs = new ulong[coefficients.Length * LimbCount];
        for (var i = 0; i < coefficients.Length; i++)
        {
            LaneElement.Split(coefficients[i].Double().Double().Double().Double(), limbs.AsSpan(i * LimbCount, LimbCount));
        }

        return limbs;
    }

    /// <summary>Begins a sum.</summary>
    public void Begin()
    {
        Vectors(Columns, 2 * LimbCount).Clear();
        _hasProducts = false;
        _negatives = 0;
    }

    /// <summary>Adds the same constant to all.</summary>
    public void AddConstant(in Fr constant)
    {
        LaneElement.Broadcast(ref At(Operand), constant);
        AddOperand();
    }

    /// <summary>Adds an element to each.</summary>
    /// <param name="values">Where the elements are.</param>
    /// <param name="indices">Which: eight indices.</param>
    public void Add(ReadOnlySpan<Fr> values, ReadOnlySpan<int> indices)
    {
        LaneElement.Load(ref At(Operand), values, indices);
        AddOperand();
    }

    /// <summary>Subtracts an element from each.</summary>
    public void Subtract(ReadOnlySpan<Fr> values, ReadOnlySpan<int> indices)
    {
        LaneElement.Load(ref At(Operand), values, indices);
        ref var high = ref At(Columns + LimbCount);
        ref var operand = ref At(Operand);
        for (var i = 0; i < LimbCount; i++)
        {
            Unsafe.Add(ref high, i) -= Unsafe.Add(ref operand, i);
        }

        _negatives++;
    }

    /// <summary>Adds the product of an element with a coefficient to each.</summary>
    /// <param name="spread">The coefficients, spread.</param>
    /// <param name="coefficient">Which.</param>
    /// <param name="values">Where the elements are.</param>
    /// <param name="indices">Which: eight indices.</param>
    public void AddProduct(ReadOnlySpan<ulong> spread, int coefficient, ReadOnlySpan<Fr> values, ReadOnlySpan<int> indices)
    {
        LaneElement.Load(ref At(Operand), values, indices);
        var limbs = spread.Slice(coefficient * LimbCount, LimbCount);
        ref var same = ref At(Coefficient);
        for (var i = 0; i < LimbCount; i++)
        {
            Unsafe.Add(ref same, i) = Vector512.Create(limbs[i]);
        }

        LaneKernels.AddProduct(ref At(Columns), ref At(Operand), ref same);
        _hasProducts = true;
    }

    /// <summary>Ends the sum and keeps it as the left factor or the result.</summary>
    public void EndLeft() => EndAt(Left);

    /// <summary>Ends the sum and keeps it as the right factor.</summary>
    public void EndRight() => EndAt(Right);

    /// <summary>Multiplies the left by the right factor.</summary>
    public void Multiply() => MultiplyLeftBy(Right);

    /// <summary>Squares the left factor.</summary>
    public void Square() => MultiplyLeftBy(Left);

    /// <summary>Writes the result.</summary>
    /// <param name="values">Where the elements go.</param>
    /// <param name="indices">Which: eight indices; one that occurs more than once gets one of its lanes' elements.</param>
    public void Store(Span<Fr> values, ReadOnlySpan<int> indices)
    {
        LaneKernels.Canonicalise(ref At(Left));
        LaneElement.Store(ref At(Left), values, indices);
    }

    /// <summary>Makes of the columns a number that is not negative and below 66·r &lt; 2²⁶⁰, carried.</summary>
    /// <remarks>
    /// Up to 64 products reduce to less than 64·r·r/2²⁶⁰ + r &lt; 2r; each term that is added makes it greater by less than r, and for each that is subtracted
    /// r is added.
    /// </remarks>
    private void EndAt(int vector)
    {
        ref var result = ref At(vector);
        if (_hasProducts)
        {
            LaneKernels.Reduce(ref result, ref At(Columns));
        }
        else
        {
            Vectors(Columns + LimbCount, LimbCount).CopyTo(Vectors(vector, LimbCount));
        }

        LaneKernels.AddModulus(ref result, _negatives);
        LaneKernels.Carry(ref result);
    }

    /// <summary>Left ← left·right, below 2¹⁰·r, carried.</summary>
    /// <remarks>Factors are below 66·r, their limbs below 2²⁶, so 2⁴-fold below 2³⁰. A product is below 2⁴·(66·r)²/2²⁶⁰ + r &lt; 825·r.</remarks>
    private void MultiplyLeftBy(int vector)
    {
        Vectors(Columns, 2 * LimbCount).Clear();
        ref var left = ref At(Left);
        ref var operand = ref At(Operand);
        for (var i = 0; i < LimbCount; i++)
        {
            Unsafe.Add(ref operand, i) = Unsafe.Add(ref left, i) << 4;
        }

        LaneKernels.AddProduct(ref At(Columns), ref operand, ref At(vector));
        LaneKernels.Reduce(ref left, ref At(Columns));
        LaneKernels.Carry(ref left);
    }

    private void AddOperand()
    {
        ref var high = ref At(Columns + LimbCount);
        ref var operand = ref At(Operand);
        for (var i = 0; i < LimbCount; i++)
        {
            Unsafe.Add(ref high, i) += Unsafe.Add(ref operand, i);
        }
    }

    private Span<Lane> Vectors(int first, int count) => MemoryMarshal.CreateSpan(ref At(first), count);

    // Every use names one of the places above, and those behind it up to the next; all are within the array, one vector longer than they are.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ref Lane At(int vector) =>
        ref Unsafe.As<byte, Lane>(ref Unsafe.AddByteOffset(ref MemoryMarshal.GetArrayDataReference(_memory), (nint)(_start + (vector * Vector512<byte>.Count))));
}
