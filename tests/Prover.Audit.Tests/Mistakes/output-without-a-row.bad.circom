// An output that no row mentions.
pragma circom 2.0.0;
template Output() {
    signal input in;
    signal output out;
    out <-- 7;
    in * in === in;
}
component main {public [in]} = Output();
