using System.Text.Json;
using System.Text.Json.Serialization;

namespace Prover.LanguageServer;

/// <summary>How the protocol writes values.</summary>
internal static class Json
{
    /// <summary>Camel case; what is null is left out; what a message lacks or has of another type is a <see cref="JsonException"/>.</summary>
    /// <remarks>A result or an id of null is written nevertheless: entries of dictionaries always are.</remarks>
    public static JsonSerializerOptions Layout { get; } = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };
}
