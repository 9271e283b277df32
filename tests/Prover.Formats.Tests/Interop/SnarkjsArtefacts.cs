using Prover.Formats.Tests;
using Prover.Testing;

[assembly: AssemblyFixture(typeof(SnarkjsArtefacts))]

namespace Prover.Formats.Tests;

/// <summary>
/// A circuit compiled by circom with everything snarkjs makes of it, once for all tests: Poseidon of two secrets, their product and a
/// squared public tag.
/// </summary>
public sealed class SnarkjsArtefacts : IDisposable
{
    private const string Circuit = """
        pragma circom 2.0.0;
        include "poseidon.circom";
        template Sample() {
            signal input tag;
            signal input secret[2];
            signal input unused;
            signal output hash;
            signal output product;
            component h = Poseidon(2);
            h.inputs[0] <== secret[0];
            h.inputs[1] <== secret[1];
            hash <== h.out;
            product <== secret[0] * secret[1];
            signal square <== tag * tag;
        }
        component main {public [tag]} = Sample();
        """;

    private const string Ceremony = """
        const snarkjs = require("snarkjs");
        const fs = require("fs");
        const path = process.argv[1] + "/";
        const save = (name, value) => fs.writeFileSync(path + name, JSON.stringify(value, null, 1));
        (async () => {
            const curve = await require("ffjavascript").getCurveFromName("bn128");
            await snarkjs.powersOfTau.newAccumulator(curve, 8, path + "empty.ptau");
            await snarkjs.powersOfTau.contribute(path + "empty.ptau", path + "raw.ptau", "first", "some entropy");
            await snarkjs.powersOfTau.preparePhase2(path + "raw.ptau", path + "prepared.ptau");
            await snarkjs.zKey.newZKey(path + "circuit.r1cs", path + "prepared.ptau", path + "initial.zkey");
            await snarkjs.zKey.contribute(path + "initial.zkey", path + "circuit.zkey", "first", "more entropy");
            save("verification_key.json", await snarkjs.zKey.exportVerificationKey(path + "circuit.zkey"));
            const input = { tag: "5", secret: ["3", "21888242871839275222246405745257275088548364400416034343698204186575808495616"], unused: "8" };
            await snarkjs.wtns.calculate(input, path + "circuit_js/circuit.wasm", path + "circuit.wtns");
            const { proof, publicSignals } = await snarkjs.groth16.prove(path + "circuit.zkey", path + "circuit.wtns");
            save("proof.json", proof);
            save("public.json", publicSignals);
            process.exit(0);
        })();
        """;

    private readonly TemporaryFolder _folder = new();

    public SnarkjsArtefacts()
    {
        // circom2 runs in a sandbox that sees its working directory only.
        foreach (var library in Directory.GetFiles(Path.Combine(NodeTools.Modules, "circomlib", "circuits"), "poseidon*.circom"))
        {
            File.Copy(library, this[Path.GetFileName(library)]);
        }

        File.WriteAllText(this["circuit.circom"], Circuit);
        NodeTools.Run("circom2", Folder, "circuit.circom", "--r1cs", "--wasm", "--sym", "--O2").EnsureSuccess();
        NodeTools.RunScript(Ceremony, Folder).EnsureSuccess();
    }

    /// <summary>
    /// Where they lie: circuit.{circom,r1cs,wtns,zkey}, initial.zkey (before its contribution), {empty,raw,prepared}.ptau,
    /// verification_key.json, proof.json, public.json.
    /// </summary>
    public string Folder => _folder.Path;

    /// <summary>The path of one artefact.</summary>
    public string this[string name] => _folder[name];

    public void Dispose() => _folder.Dispose();
}
