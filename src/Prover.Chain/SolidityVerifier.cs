using System.Globalization;
using System.Text;
using Prover.Algebra;
using Prover.Groth16;

namespace Prover.Chain;

/// <summary>Writes a Solidity contract that verifies the proofs of one key.</summary>
/// <remarks>
/// EIP-196 and EIP-197 precompiles at the prices of EIP-1108: 45,000 + 4·34,000 gas for the pairings and 6,150 for each public input.
/// Each precompile gets exactly its price, so that a point off the curve costs no more and the answer is false, not a revert.
/// </remarks>
public static class SolidityVerifier
{
    /// <summary>The contract's name.</summary>
    public const string ContractName = "Groth16Verifier";

    /// <summary>Why a contract with an insecure key refuses to be deployed.</summary>
    public const string InsecureKeyError = "insecure development key: local chains only";

    /// <summary>The contract's source, for solc 0.8.24 or later.</summary>
    /// <param name="key">The verifying key.</param>
    /// <param name="isInsecure">Whether whoever made the key can forge proofs. The contract then lets itself be deployed on local chains
    /// only: those with the chain identifiers of anvil and hardhat (31337) and of geth's developer mode (1337).</param>
    public static string Generate(VerifyingKey key, bool isInsecure)
    {
        var text = new StringBuilder();
        var inputs = key.PublicCount;
        Line("// SPDX-License-Identifier: Apache-2.0");
        Line("pragma solidity ^0.8.24;");
        Line("");
        Line($"/// @title Verifier of Groth16 proofs over BN254 for one circuit with {inputs} public inputs");
        Line("/// @dev Generated from a verifying key. e(-A, B)·e(alpha, beta)·e(L, gamma)·e(C, delta) = 1 with L = IC0 + sum(inputs[i]·IC(i+1)).");
        Line($"contract {ContractName} {{");
        Line($"    uint256 private constant FIELD = {Fr.Modulus};");
        Line($"    uint256 private constant PRIME = {Fq.Modulus};");
        Line("");
        if (isInsecure || key.AnyoneCanForge)
        {
            Line("    /// @dev INSECURE: whoever made this development key can forge proofs. It is for local chains.");
            Line("    constructor() {");
            Line($"        require(block.chainid == 31337 || block.chainid == 1337, \"{InsecureKeyError}\");");
            Line("    }");
            Line("");
        }

        Line("    /// @notice Whether the proof is valid. Never reverts: values out of range and points off their curves make it false.");
        Line("    /// @param b In the precompile's order: the imaginary part of each coordinate first.");
        Line($"    function verifyProof(uint256[2] calldata a, uint256[2][2] calldata b, uint256[2] calldata c, uint256[{inputs}] calldata inputs)");
        Line("        external");
        Line("        view");
        Line("        returns (bool valid)");
        Line("    {");
        Line("        assembly (\"memory-safe\") {");
        Line("            let m := mload(0x40)");
        Line("            valid := 1");
        Line($"            for {{ let i := 0 }} lt(i, {32 * inputs}) {{ i := add(i, 32) }} {{ valid := and(valid, lt(calldataload(add(inputs, i)), FIELD)) }}");
        Line("            for { let i := 0 } lt(i, 64) { i := add(i, 32) } {");
        Line("                valid := and(valid, and(lt(calldataload(add(a, i)), PRIME), lt(calldataload(add(c, i)), PRIME)))");
        Line("            }");
        Line("            for { let i := 0 } lt(i, 128) { i := add(i, 32) } { valid := and(valid, lt(calldataload(add(b, i)), PRIME)) }");
        Line("");
        Line("            // L at m, the next term behind it.");
        var ic = key.Ic.Span;
        StorePoint("m", 0, ic[0]);
        for (var i = 0; i < inputs; i++)
        {
            StorePoint("m", 0x40, ic[i + 1]);
            Line($"            mstore(add(m, 0x80), calldataload(add(inputs, {32 * i})))");
            Line("            valid := and(valid, staticcall(6000, 7, add(m, 0x40), 0x60, add(m, 0x40), 0x40))");
            Line("            valid := and(valid, staticcall(150, 6, m, 0x80, m, 0x40))");
        }

        Line("");
        Line("            // The four pairs behind L, 192 bytes each.");
        Line("            let p := add(m, 0x40)");
        Line("            mstore(p, calldataload(a))");
        Line("            mstore(add(p, 0x20), mod(sub(PRIME, calldataload(add(a, 32))), PRIME))");
        Line("            calldatacopy(add(p, 0x40), b, 0x80)");
        StorePoint("p", 0xc0, key.Alpha1);
        StorePoint("p", 0x100, key.Beta2);
        Line("            mstore(add(p, 0x180), mload(m))");
        Line("            mstore(add(p, 0x1a0), mload(add(m, 0x20)))");
        StorePoint("p", 0x1c0, key.Gamma2);
        Line("            calldatacopy(add(p, 0x240), c, 0x40)");
        StorePoint("p", 0x280, key.Delta2);
        Line("            valid := and(valid, staticcall(181000, 8, p, 0x300, p, 0x20))");
        Line("            valid := and(valid, eq(mload(p), 1))");
        Line("        }");
        Line("    }");
        Line("}");
        return text.ToString();

        void Line(string line) => text.Append(line).Append('\n');

        void Store(string pointer, int offset, Fq value) =>
            Line(offset == 0 ? $"            mstore({pointer}, {value})" : string.Create(CultureInfo.InvariantCulture, $"            mstore(add({pointer}, 0x{offset:x}), {value})"));

        void StorePoint<TPoint>(string pointer, int offset, TPoint point)
        {
            switch (point)
            {
                case G1Affine g1:
                    Store(pointer, offset, g1.X);
                    Store(pointer, offset + 0x20, g1.Y);
                    break;
                case G2Affine g2:
                    Store(pointer, offset, g2.X.C1);
                    Store(pointer, offset + 0x20, g2.X.C0);
                    Store(pointer, offset + 0x40, g2.Y.C1);
                    Store(pointer, offset + 0x60, g2.Y.C0);
                    break;
            }
        }
    }
}
