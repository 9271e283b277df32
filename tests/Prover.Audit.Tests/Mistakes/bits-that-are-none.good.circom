// The remedy of bits-that-are-none.bad.circom.
pragma circom 2.0.0;
template Bits() {
    signal input in;
    signal output out[4];
    for (var i = 0; i < 4; i++) { out[i] <-- (in >> i) & 1; }
    for (var i = 0; i < 4; i++) { out[i] * (out[i] - 1) === 0; }
    out[0] + 2 * out[1] + 4 * out[2] + 8 * out[3] === in;
}
component main {public [in]} = Bits();
