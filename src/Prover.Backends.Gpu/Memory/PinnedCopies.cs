using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using ILGPU;
using ILGPU.Runtime;

namespace Prover.Backends.Gpu;

/// <summary>
/// Copies long arrays to the device through host memory that is pinned, which the device reads by itself and fastest: while it reads one piece, others
/// are being put into pinned memory by as many threads.
/// </summary>
internal sealed class PinnedCopies : IDisposable
{
    private const int PieceBytes = 2 << 20;
    private const int Lanes = 4;

    private readonly Lock _gate = new();
    private readonly Lane[] _lanes;

    public PinnedCopies(Accelerator accelerator) => _lanes = [.. Enumerable.Range(0, Lanes).Select(_ => new Lane(accelerator))];

    /// <summary>Copies values; when it returns they are there.</summary>
    public void Copy<T>(ReadOnlyMemory<T> values, ArrayView<byte> destination)
        where T : struct
    {
        var bytes = destination.Length;
        var pieces = (int)((bytes + PieceBytes - 1) / PieceBytes);
        lock (_gate)
        {
            Parallel.For(0, Math.Min(Lanes, pieces), lane =>
            {
                for (var piece = lane; piece < pieces; piece += Lanes)
                {
                    var from = (long)piece * PieceBytes;
                    var length = (int)Math.Min(PieceBytes, bytes - from);
                    var size = Unsafe.SizeOf<T>();
                    var source = MemoryMarshal.AsBytes(values.Span.Slice((int)(from / size), length / size));
                    _lanes[lane].Copy(source, destination.SubView(from, length));
                }

                _lanes[lane].Finish();
            });
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var lane in _lanes)
        {
            lane.Dispose();
        }
    }

    /// <summary>A stream with its piece of pinned memory.</summary>
    private sealed class Lane(Accelerator accelerator) : IDisposable
    {
        private readonly AcceleratorStream _stream = accelerator.CreateStream();
        private readonly PageLockedArray1D<byte> _pinned = accelerator.AllocatePageLocked1D<byte>(PieceBytes);

        public void Copy(ReadOnlySpan<byte> source, ArrayView<byte> destination)
        {
            // What was copied before may still be being read.
            _stream.Synchronize();
            source.CopyTo(_pinned.Span);
            _pinned.ArrayView.SubView(0, source.Length).CopyTo(_stream, destination);
        }

        public void Finish() => _stream.Synchronize();

        public void Dispose()
        {
            LostDevice.Free(_stream.Dispose);
            LostDevice.Free(_pinned.Dispose);
        }
    }
}
