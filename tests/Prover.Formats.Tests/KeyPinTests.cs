using Prover.Groth16;
using Prover.Groth16.Tests;

namespace Prover.Formats.Tests;

public sealed class KeyPinTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Replaced_key_is_refused_until_its_pin_is_deleted()
    {
        var path = _folder["k.zkey"];
        ZkeyFile.Write(path, Key(length: 2));
        var pin = File.ReadAllText(KeyPin.PathOf(path));
        ZkeyFile.Write(_folder["other.zkey"], Key(length: 3));
        File.Copy(_folder["other.zkey"], path, overwrite: true);

        var error = Assert.Throws<MismatchException>(() => ZkeyFile.Read(path));
        Assert.Contains("delete the pin", error.Message, StringComparison.Ordinal);
        File.Delete(KeyPin.PathOf(path));
        Assert.Equal(6, ZkeyFile.Read(path).WireCount);
        Assert.NotEqual(pin, File.ReadAllText(KeyPin.PathOf(path)));
    }

    [Fact]
    public void Writing_a_key_pins_it_anew()
    {
        var path = _folder["k.zkey"];
        ZkeyFile.Write(path, Key(length: 2));
        ZkeyFile.Write(path, Key(length: 3));
        Assert.Equal(6, ZkeyFile.Read(path).WireCount);
    }

    [Theory]
    [InlineData("")]
    [InlineData("yes")]
    public void Something_else_in_the_pins_place_is_refused(string text)
    {
        var path = _folder["k.zkey"];
        ZkeyFile.Write(path, Key(length: 2));
        File.WriteAllText(KeyPin.PathOf(path), text);
        Assert.Throws<MalformedFileException>(() => ZkeyFile.Read(path));
    }

    [Fact]
    public void Development_mark_survives_the_file()
    {
        var path = _folder["k.zkey"];
        ZkeyFile.Write(path, Key(length: 2));
        Assert.True(ZkeyFile.Read(path).IsDevelopmentKey);
        var key = Key(length: 2);
        ZkeyFile.Write(path, key with { VerifyingKey = key.VerifyingKey with { IsDevelopmentKey = false } });
        Assert.False(ZkeyFile.Read(path).IsDevelopmentKey);
        Assert.True(ZkeyFile.Read(path).IsInsecure); // it has no contributions either
    }

    [Fact]
    public void Development_mark_goes_on_to_the_verifying_key()
    {
        var key = Key(length: 2).VerifyingKey;
        Assert.True(VerifyingKeyFile.Parse(VerifyingKeyFile.ToJson(key), "test").IsDevelopmentKey);
        var unmarked = VerifyingKeyFile.ToJson(key with { IsDevelopmentKey = false });
        Assert.False(VerifyingKeyFile.Parse(unmarked, "test").IsDevelopmentKey);
        Assert.DoesNotContain("insecure", unmarked, StringComparison.Ordinal);
        var doubtful = VerifyingKeyFile.ToJson(key).Replace("true", "false", StringComparison.Ordinal);
        Assert.Contains("true is expected", Assert.Throws<MalformedFileException>(() => VerifyingKeyFile.Parse(doubtful, "test")).Message, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private static ProvingKey Key(int length) => Setup.InsecureDevelopment(SampleCircuit.Chain(length, 1).Circuit, new SystemScalarSource());
}
