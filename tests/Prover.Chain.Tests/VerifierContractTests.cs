using System.Numerics;
using Prover.Algebra;
using Prover.Backends.Cpu;
using Prover.Constraints;
using Prover.Groth16;

namespace Prover.Chain.Tests;

/// <summary>The generated verifier on a real EVM.</summary>
public sealed class VerifierContractTests : IDisposable
{
    private static readonly (VerifyingKey Key, Proof Proof, Fr[] Inputs) Sample = MakeSample();

    private readonly AnvilNode _node = new(1_764_000_000);

    [Fact]
    public async Task Accepts_a_true_proof_and_refuses_every_change()
    {
        var contract = await DeployAsync();
        var words = Words();
        Assert.True(await VerifyAsync(contract, words));

        for (var i = 0; i < words.Length; i++)
        {
            Assert.False(await VerifyAsync(contract, Replace(words, i, words[i] ^ 1)), $"word {i} with its lowest bit flipped");
            Assert.False(await VerifyAsync(contract, Replace(words, i, words[i] ^ (BigInteger.One << 200))), $"word {i} with bit 200 flipped");
            Assert.False(await VerifyAsync(contract, Replace(words, i, 0)), $"word {i} zero");
        }
    }

    [Fact]
    public async Task Refuses_values_that_are_equal_modulo_the_field_but_not_canonical()
    {
        var contract = await DeployAsync();
        var words = Words();
        for (var i = 0; i < words.Length; i++)
        {
            var alias = words[i] + (i < 8 ? Fq.Modulus : Fr.Modulus);
            Assert.False(await VerifyAsync(contract, Replace(words, i, alias)), $"word {i} plus the modulus");
        }
    }

    [Fact]
    public async Task Refuses_a_proof_of_zeros_and_swapped_points()
    {
        var contract = await DeployAsync();
        var words = Words();
        Assert.False(await VerifyAsync(contract, [.. new BigInteger[8], .. words[8..]]));
        Assert.False(await VerifyAsync(contract, [.. words[6..8], .. words[2..6], .. words[..2], .. words[8..]]));
        Assert.False(await VerifyAsync(contract, [words[0], Fq.Modulus - words[1], .. words[2..]]));
    }

    [Fact]
    public void A_key_under_which_anyone_can_forge_is_insecure_whatever_its_holder_says()
    {
        var open = Sample.Key with { Delta2 = Sample.Key.Gamma2 };
        Assert.Contains(SolidityVerifier.InsecureKeyError, SolidityVerifier.Generate(open, isInsecure: false), StringComparison.Ordinal);
        Assert.DoesNotContain(SolidityVerifier.InsecureKeyError, SolidityVerifier.Generate(Sample.Key, isInsecure: false), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_insecure_key_stays_on_local_chains()
    {
        using var mainnet = new AnvilNode(1_764_000_000, chain: 1);
        var (marked, plain) = (Code(isInsecure: true), Code(isInsecure: false));

        await _node.DeployAsync(marked);
        await mainnet.DeployAsync(plain);
        var data = "0x" + Convert.ToHexStringLower(marked);
        var refusal = await Assert.ThrowsAsync<RpcException>(() => mainnet.Client.RequestAsync("eth_call", new { from = mainnet.Accounts[0], data }, "latest"));
        Assert.Contains(SolidityVerifier.InsecureKeyError, refusal.Message, StringComparison.Ordinal);

        static byte[] Code(bool isInsecure) =>
            SolidityCompiler.Compile(("Groth16Verifier.sol", SolidityVerifier.Generate(Sample.Key, isInsecure)))[SolidityVerifier.ContractName];
    }

    [Fact]
    public async Task Costs_what_the_estimate_says()
    {
        var contract = await DeployAsync();
        var calldata = Calldata(Words());

        // As a transaction, since an estimate would find the least gas with which the call returns, be it false.
        var receipt = await _node.SendAsync(_node.Accounts[0], contract, calldata);
        var execution = receipt.GasUsed - 21_000 - GasEstimate.Calldata(calldata);
        TestContext.Current.TestOutputHelper!.WriteLine($"verifyProof with {Sample.Inputs.Length} inputs: {execution:N0} gas");
        Assert.InRange(execution, 0.95 * GasEstimate.Verification(Sample.Inputs.Length), 1.05 * GasEstimate.Verification(Sample.Inputs.Length));
    }

    public void Dispose() => _node.Dispose();

    private static BigInteger[] Words() => [.. SolidityProof.Coordinates(Sample.Proof), .. Sample.Inputs.Select(input => input.ToInteger())];

    private static BigInteger[] Replace(BigInteger[] words, int index, BigInteger value)
    {
        var copy = words.ToArray();
        copy[index] = value;
        return copy;
    }

    private static byte[] Calldata(BigInteger[] words) =>
        new AbiWriter().Add(words).ToBytes($"verifyProof(uint256[2],uint256[2][2],uint256[2],uint256[{Sample.Inputs.Length}])");

    private async Task<bool> VerifyAsync(string contract, BigInteger[] words) => (await _node.Client.CallAsync(contract, Calldata(words)))[^1] == 1;

    private Task<string> DeployAsync() =>
        _node.DeployAsync(SolidityCompiler.Compile(("Groth16Verifier.sol", SolidityVerifier.Generate(Sample.Key, isInsecure: true)))[SolidityVerifier.ContractName]);

    /// <summary>Wires 1, x, y public and z private with x·y = z and z·z = x·… chosen so that both inputs matter: z = 15 for x = 3, y = 5.</summary>
    private static (VerifyingKey Key, Proof Proof, Fr[] Inputs) MakeSample()
    {
        Fr[] witness = [1, 3, 5, 15, 225];
        var a = new SparseMatrix([0, 1, 2], [1, 3], [0, 0], [1]);
        var b = new SparseMatrix([0, 1, 2], [2, 3], [0, 0], [1]);
        var c = new SparseMatrix([0, 1, 2], [3, 4], [0, 0], [1]);
        var circuit = new R1cs(witness.Length, 0, 2, 0, a, b, c);
        var key = Setup.InsecureDevelopment(circuit, new SystemScalarSource());
        using var backend = new CpuBackend();
        return (key.VerifyingKey, Groth16Prover.Prove(key, witness, backend, circuit), witness[1..3]);
    }
}
