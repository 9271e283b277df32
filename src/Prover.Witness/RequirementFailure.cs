namespace Prover.Witness;

/// <summary>The first requirement, in program order, that the inputs do not meet.</summary>
/// <param name="Message">The author's message with the values in it.</param>
/// <param name="Location">"path:line:column".</param>
/// <param name="Rule">The rule instance.</param>
public sealed record RequirementFailure(string Message, string Location, string Rule)
{
    public override string ToString() => $"require failed: {Message}\n  {Location} {Rule}";
}
