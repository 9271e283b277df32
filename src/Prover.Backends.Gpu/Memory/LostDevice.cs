using ILGPU.Runtime;

namespace Prover.Backends.Gpu;

/// <summary>Freeing what lies on a device that may be lost.</summary>
internal static class LostDevice
{
    /// <summary>Frees something. A lost device refuses it, which is no failure: nothing is left there, and whoever lost it has his own to tell.</summary>
    public static void Free(Action free)
    {
        try
        {
            free();
        }
        catch (AcceleratorException)
        {
            // What the driver still holds it takes back when the process ends.
        }
    }
}
