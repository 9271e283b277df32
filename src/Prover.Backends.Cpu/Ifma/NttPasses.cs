namespace Prover.Backends.Cpu.Ifma;

/// <summary>One piece of each pass: eight neighbouring columns, or one block.</summary>
internal static unsafe class NttPasses
{
    private const int Lanes = 8;
    private const int RowBytes = Lanes * 32;

    private static readonly Fr Four = 4;

    private static NttCode Code => NttCode.Instance;

    /// <summary>The first stages, natural order, of columns 8·group … 8·group + 7.</summary>
    public static void ColumnsInTime(NttPlan plan, NttRoots roots, int root, Memory<Fr> elements, int group, byte* scale, NttScratch scratch)
    {
        var rows = scratch.Rows(plan.ColumnRows);
        fixed (Fr* start = elements.Span)
        {
            UnpackColumns(plan, start, group, rows);
            if (scale != null)
                NttStages.Run(Code.Scale, rows, plan.ColumnRows, rows, scale);

            NttStages.InTime(rows, plan.RowBits, roots.All, root);
            PackColumns(plan, Code.PackSigned, rows, start, group);
        }
    }

    /// <summary>The last stages, to bit-reversed order, of a block.</summary>
    public static void BlockInTime(NttPlan plan, NttRoots roots, int root, Memory<Fr> elements, int block, NttScratch scratch)
    {
        var rows = scratch.Rows(plan.BlockRows);
        var factors = new NttBlockFactors(plan, roots, (root << plan.RowBits) + block, scratch.Factors(NttBlockFactors.Rows(plan)));
        fixed (Fr* start = elements.Span)
        {
            UnpackBlock(plan, start, block, rows);
            factors.InTime(rows);
            NttStages.Run(Code.ToRows, rows, plan.BlockRows / Lanes);
            PackBlock(plan, Code.PackSignedCanonical, rows, start, block);
        }
    }

    /// <summary>The first stages, from bit-reversed order, of a block.</summary>
    public static void BlockInFrequency(NttPlan plan, NttRoots roots, bool onOddCoset, Memory<Fr> elements, int block, byte* scale, NttScratch scratch)
    {
        var (factorRows, shiftRows) = (NttBlockFactors.Rows(plan), onOddCoset ? NttShift.Rows(plan) : 0);
        byte* rows = scratch.Rows(plan.BlockRows), memory = scratch.Factors(factorRows + shiftRows);
        var factors = new NttBlockFactors(plan, roots, block, memory);
        fixed (Fr* start = elements.Span)
        {
            UnpackBlock(plan, start, block, rows);
            if (scale != null)
                NttStages.Run(Code.Scale, rows, plan.BlockRows, rows, scale);

            NttStages.Run(Code.ToLanes, rows, plan.BlockRows / Lanes);
            if (onOddCoset)
                new NttShift(plan, block, Fr.One, memory + (nint)factorRows * KernelData.BlockBytes).Apply(rows);

            factors.InFrequency(rows);
            PackBlock(plan, Code.Pack, rows, start, block);
        }
    }

    /// <summary>The last stages, to natural order, of columns 8·group … 8·group + 7.</summary>
    public static void ColumnsInFrequency(NttPlan plan, NttRoots roots, Memory<Fr> elements, int group, NttScratch scratch)
    {
        var rows = scratch.Rows(plan.ColumnRows);
        fixed (Fr* start = elements.Span)
        {
            UnpackColumns(plan, start, group, rows);
            NttStages.InFrequency(rows, plan.RowBits, roots.All, root: 0);
            PackColumns(plan, Code.PackCanonical, rows, start, group);
        }
    }

    /// <summary>c ← 4·a∘b·2⁻⁴, and the first stages of the three interpolations.</summary>
    public static void QuotientColumnsInTime(NttPlan plan, Memory<Fr> a, Memory<Fr> b, Memory<Fr> c, int group, NttScratch scratch)
    {
        var step = (nint)plan.ColumnRows * KernelData.BlockBytes;
        var rows = scratch.Rows(3 * plan.ColumnRows);
        fixed (Fr* startA = a.Span, startB = b.Span, startC = c.Span)
        {
            UnpackColumns(plan, startA, group, rows);
            UnpackColumns(plan, startB, group, rows + step);
            NttStages.Run(Code.QuadrupleProduct, rows, plan.ColumnRows, rows + step, stride: 2 * step);
            Fr** starts = stackalloc[] { startA, startB, startC };
            for (var i = 0; i < 3; i++)
            {
                NttStages.InTime(rows + i * step, plan.RowBits, plan.Inverse.All, root: 0);
                PackColumns(plan, Code.PackSigned, rows + i * step, starts[i], group);
            }
        }
    }

    /// <summary>The last stages of the interpolations and the first of the evaluations on the odd coset, of a block of all three.</summary>
    public static void QuotientBlock(NttPlan plan, ReadOnlySpan<Memory<Fr>> polynomials, int block, NttScratch scratch)
    {
        var step = (nint)NttBlockFactors.Rows(plan) * KernelData.BlockBytes;
        byte* rows = scratch.Rows(plan.BlockRows), memory = scratch.Factors(2 * NttBlockFactors.Rows(plan) + NttShift.Rows(plan));
        var inverse = new NttBlockFactors(plan, plan.Inverse, block, memory);
        var forward = new NttBlockFactors(plan, plan.Forward, block, memory + step);
        var shift = new NttShift(plan, block, plan.SizeInverse * Four, memory + 2 * step);
        foreach (var polynomial in polynomials)
        {
            fixed (Fr* start = polynomial.Span)
            {
                UnpackBlock(plan, start, block, rows);
                inverse.InTime(rows);
                shift.Apply(rows);
                forward.InFrequency(rows);
                PackBlock(plan, Code.Pack, rows, start, block);
            }
        }
    }

    /// <summary>The last stages of the three evaluations, and a ← a∘b·2⁻⁴ − c.</summary>
    public static void QuotientColumnsInFrequency(NttPlan plan, Memory<Fr> a, Memory<Fr> b, Memory<Fr> c, int group, NttScratch scratch)
    {
        var step = (nint)plan.ColumnRows * KernelData.BlockBytes;
        var rows = scratch.Rows(3 * plan.ColumnRows);
        fixed (Fr* startA = a.Span, startB = b.Span, startC = c.Span)
        {
            Fr** starts = stackalloc[] { startA, startB, startC };
            for (var i = 0; i < 3; i++)
            {
                UnpackColumns(plan, starts[i], group, rows + i * step);
                NttStages.InFrequency(rows + i * step, plan.RowBits, plan.Forward.All, root: 0);
            }

            NttStages.Run(Code.ProductLessRows, rows, plan.ColumnRows, rows + step, stride: 2 * step);
            PackColumns(plan, Code.PackCanonical, rows, startA, group);
        }
    }

    private static void UnpackColumns(NttPlan plan, Fr* start, int group, byte* rows) =>
        NttStages.Run(Code.Unpack, rows, plan.ColumnRows, (byte*)(start + Lanes * group), stride: (nint)32 << plan.BlockBits);

    private static void PackColumns(NttPlan plan, delegate* unmanaged<void*, void> pack, byte* rows, Fr* start, int group) =>
        NttStages.Run(pack, (byte*)(start + Lanes * group), plan.ColumnRows, rows, stride: (nint)32 << plan.BlockBits);

    private static void UnpackBlock(NttPlan plan, Fr* start, int block, byte* rows) =>
        NttStages.Run(Code.Unpack, rows, plan.BlockRows, (byte*)(start + ((nint)block << plan.BlockBits)), stride: RowBytes);

    private static void PackBlock(NttPlan plan, delegate* unmanaged<void*, void> pack, byte* rows, Fr* start, int block) =>
        NttStages.Run(pack, (byte*)(start + ((nint)block << plan.BlockBits)), plan.BlockRows, rows, stride: RowBytes);
}
