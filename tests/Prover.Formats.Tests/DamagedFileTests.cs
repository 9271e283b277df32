using Prover.Backends;
using Prover.Groth16;
using Prover.Groth16.Tests;

namespace Prover.Formats.Tests;

/// <summary>Changing any one byte of a file never leads to a proof that verifies, nor to an exception that is not a named refusal.</summary>
public sealed class DamagedFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ReferenceBackend _backend = new();
    private readonly ProvingKey _key;
    private readonly Fr[] _witness;
    private readonly Fr[] _statement;

    public DamagedFileTests()
    {
        var (circuit, witness) = SampleCircuit.Chain(length: 2, secret: 3);
        _witness = witness;
        _statement = witness[1..3];
        _key = Setup.InsecureDevelopment(circuit, new SystemScalarSource());
    }

    [Fact]
    public void Proof()
    {
        var text = ProofFile.ToJson(Groth16Prover.Prove(_key, _witness, _backend));
        Assert.True(Verifies(text));
        ForEachChangedDigit(text, changed => Assert.False(Verifies(changed), changed));

        bool Verifies(string json) => AcceptedOrRefused(
            () => Verifier.Verify(_key.VerifyingKey, _statement, ProofFile.Parse(json, "proof")));
    }

    [Fact]
    public void PublicInputs()
    {
        var proof = Groth16Prover.Prove(_key, _witness, _backend);
        var text = PublicInputsFile.ToJson(_statement);
        Assert.True(Verifies(text));
        ForEachChangedDigit(text, changed => Assert.False(Verifies(changed), changed));

        bool Verifies(string json) => AcceptedOrRefused(
            () => Verifier.Verify(_key.VerifyingKey, PublicInputsFile.Parse(json, "public"), proof));
    }

    [Fact]
    public void Witness()
    {
        WtnsFile.Write(_folder["w.wtns"], _witness);
        ForEachFlippedByte(_folder["w.wtns"], step: 1, path => Proves(_key, () => WtnsFile.Read(path)));
    }

    [Fact]
    public void Our_key_by_its_digest()
    {
        ZkeyFile.Write(_folder["k.zkey"], _key);
        File.Delete(KeyPin.PathOf(_folder["k.zkey"]));
        Assert.NotNull(ZkeyFile.Read(_folder["k.zkey"], pin: false));
        ForEachFlippedByte(_folder["k.zkey"], step: 3, path =>
        {
            Assert.Throws<MalformedFileException>(() => ZkeyFile.Read(path, pin: false));
            return false;
        });
    }

    [Fact]
    public void Key_without_digest_by_its_contents()
    {
        ZkeyFile.Write(_folder["k.zkey"], _key);
        WithoutOwnSections(_folder["k.zkey"], _folder["foreign.zkey"]);
        var contributions = SectionContents.Open(_folder["foreign.zkey"]).Offsets[10];

        // The circuit hash and the record of contributions take no part in proving; a pin is what protects them.
        ForEachFlippedByte(
            _folder["foreign.zkey"],
            step: 3,
            path => Proves(null, () => _witness, () => ZkeyFile.Read(path, pin: false)),
            before: contributions);
    }

    [Fact]
    public void Pinned_key_in_any_byte()
    {
        ZkeyFile.Write(_folder["k.zkey"], _key);
        WithoutOwnSections(_folder["k.zkey"], _folder["foreign.zkey"]);
        Assert.NotNull(ZkeyFile.Read(_folder["foreign.zkey"]));
        var pin = File.ReadAllText(KeyPin.PathOf(_folder["foreign.zkey"]));
        ForEachFlippedByte(_folder["foreign.zkey"], step: 7, path =>
        {
            File.WriteAllText(KeyPin.PathOf(path), pin);
            Assert.True(Record.Exception(() => ZkeyFile.Read(path)) is MismatchException or MalformedFileException);
            return false;
        });
    }

    [Fact]
    public void Truncated_anywhere()
    {
        ZkeyFile.Write(_folder["k.zkey"], _key);
        WtnsFile.Write(_folder["w.wtns"], _witness);
        R1csFile.Write(_folder["c.r1cs"], SampleCircuit.Chain(2, 3).Circuit);
        ForEachPrefix("k.zkey", step: 13, path => ZkeyFile.Read(path, pin: false));
        ForEachPrefix("w.wtns", step: 1, path => WtnsFile.Read(path));
        ForEachPrefix("c.r1cs", step: 1, path => R1csFile.Read(path));
    }

    [Fact]
    public void Circuit_is_read_as_another_or_refused()
    {
        R1csFile.Write(_folder["c.r1cs"], SampleCircuit.Chain(2, 3).Circuit);
        ForEachFlippedByte(_folder["c.r1cs"], step: 1, path =>
        {
            _ = AcceptedOrRefused(() => R1csFile.Read(path).ConstraintCount > 0);
            return false;
        });
    }

    public void Dispose()
    {
        _backend.Dispose();
        _folder.Dispose();
    }

    /// <summary>Whether the files lead to a proof of the statement under the true verifying key.</summary>
    private bool Proves(ProvingKey? key, Func<Fr[]> witness, Func<ProvingKey>? readKey = null) => AcceptedOrRefused(
        () => Verifier.Verify(_key.VerifyingKey, _statement, Groth16Prover.Prove(key ?? readKey!(), witness(), _backend)));

    private static bool AcceptedOrRefused(Func<bool> check)
    {
        try
        {
            return check();
        }
        catch (Exception e) when (e is MalformedFileException or InvalidProofException)
        {
            return false;
        }
        catch (ArgumentException e) when (e.Message.Contains("expects", StringComparison.Ordinal))
        {
            return false; // Files that are well-formed by themselves but do not fit each other.
        }
    }

    private static void ForEachChangedDigit(string text, Action<string> check)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsAsciiDigit(text[i]))
            {
                foreach (var replacement in new[] { (char)('0' + ((text[i] - '0' + 1) % 10)), ' ', '-', 'x', '"', '0' })
                {
                    if (replacement != text[i])
                    {
                        check(string.Concat(text.AsSpan(0, i), [replacement], text.AsSpan(i + 1)));
                    }
                }
            }
        }
    }

    private void ForEachFlippedByte(string path, int step, Func<string, bool> proves, int before = int.MaxValue)
    {
        var bytes = File.ReadAllBytes(path);
        var changed = _folder["changed" + Path.GetExtension(path)];
        for (var position = 0; position < Math.Min(bytes.Length, before); position += step)
        {
            var original = bytes[position];
            bytes[position] ^= (byte)(1 << (position % 8));
            File.WriteAllBytes(changed, bytes);
            bytes[position] = original;
            Assert.False(proves(changed), $"byte {position}");
        }

        File.WriteAllBytes(changed, bytes);
    }

    private void ForEachPrefix(string name, int step, Action<string> read)
    {
        var bytes = File.ReadAllBytes(_folder[name]);
        for (var length = 0; length < bytes.Length; length += step)
        {
            File.WriteAllBytes(_folder["short"], bytes.AsSpan(0, length));
            Assert.Throws<MalformedFileException>(() => read(_folder["short"]));
        }

        read(_folder[name]);
    }

    /// <summary>The key as another program would have written it: sections 1 to 10.</summary>
    private static void WithoutOwnSections(string source, string target)
    {
        var bytes = File.ReadAllBytes(source);
        var end = SectionContents.Open(source).Offsets[10] + SectionContents.Open(source)[10].Length;
        bytes[8] = 10;
        File.WriteAllBytes(target, bytes.AsSpan(0, end));
    }
}
