namespace Prover.Witness;

/// <summary>Inputs that do not fit a circuit: the message names the path, what was expected there and what was found.</summary>
public sealed class InputException : Exception
{
    public InputException(string message)
        : base(message)
    {
    }

    public InputException(string message, Exception inner)
        : base(message, inner)
    {
    }

    public InputException()
    {
    }
}
