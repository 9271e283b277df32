namespace Prover.Backends.Cpu.Ifma;

/// <summary>The powers of g that move a block's coefficients, bit-reversed, to the odd coset: those at places k of the block are multiplied by t_k.</summary>
internal readonly unsafe struct NttShift
{
    private const int BaseRows = 2;

    private readonly byte* _factors;
    private readonly int _rows;

    /// <param name="plan">The plan.</param>
    /// <param name="block">The block's number.</param>
    /// <param name="scale">A factor of all.</param>
    /// <param name="memory">Room for <see cref="Rows"/> rows.</param>
    public NttShift(NttPlan plan, int block, Fr scale, byte* memory)
    {
        _factors = memory;
        _rows = plan.BlockRows;
        var stageBase = memory + (nint)_rows * KernelData.BlockBytes;
        NttFactors.Write(stageBase, 0, plan.Forward.NextBase(block) * scale);
        NttStages.Run(NttCode.Instance.Scale, _factors, _rows, plan.Forward.InLanes(3), stageBase);
    }

    /// <summary>How many rows of memory a block's factors take.</summary>
    public static int Rows(NttPlan plan) => plan.BlockRows + BaseRows;

    /// <summary>Multiplies rows in [−32p, 50p), in transposed groups of eight; they become less than 2p.</summary>
    public void Apply(byte* rows) => NttStages.Run(NttCode.Instance.ScaleRows, rows, _rows, _factors);
}
