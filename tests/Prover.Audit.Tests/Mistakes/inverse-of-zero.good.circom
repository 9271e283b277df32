// The remedy of inverse-of-zero.bad.circom.
pragma circom 2.0.0;
template Inverse() {
    signal input in;
    signal output isZero;
    signal output inverse;
    inverse <-- in != 0 ? 1 / in : 0;
    isZero <== 1 - in * inverse;
    in * isZero === 0;
    isZero * inverse === 0;
}
component main {public [in]} = Inverse();
