namespace Prover.Formats;

/// <summary>The kinds of file that are made or read here and that can be told apart by how they begin.</summary>
public enum FileKind
{
    /// <summary>None of the others.</summary>
    Unknown,

    /// <summary>iden3's .r1cs.</summary>
    R1cs,

    /// <summary>iden3's .wtns.</summary>
    Witness,

    /// <summary>iden3's .zkey.</summary>
    ProvingKey,

    /// <summary>iden3's .ptau.</summary>
    PowersOfTau,

    /// <summary>Our own .compiled.</summary>
    CompiledCircuit,

    /// <summary>circom's .sym.</summary>
    WireNames,

    /// <summary>snarkjs's verification_key.json.</summary>
    VerifyingKey,

    /// <summary>snarkjs's proof.json.</summary>
    Proof,

    /// <summary>snarkjs's public.json.</summary>
    PublicInputs,

    /// <summary>A batch of margin transactions.</summary>
    Batch,

    /// <summary>The data of an Ethereum transaction in hexadecimal digits.</summary>
    Calldata,
}
