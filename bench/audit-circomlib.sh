#!/usr/bin/env bash
# Compiles templates of circomlib, and the classic mistakes beside their remedies, with circom (--O1), and prints what the audit says of each.
#
#   bench/audit-circomlib.sh [FOLDER]     # keeps the .r1cs and .sym files in FOLDER
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
kept=${1:+$(mkdir -p "$1" && cd "$1" && pwd)}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

dotnet build -c Release --nologo -v quiet src/Prover.Cli >&2
[ -x tests/npm/node_modules/.bin/circom2 ] || npm ci --prefix tests/npm --silent >&2
circom2="$PWD/tests/npm/node_modules/.bin/circom2"
prover="$PWD/src/Prover.Cli/bin/Release/net10.0/Prover.Cli.dll"

# circom2 sees its working directory only.
cp -r tests/npm/node_modules/circomlib/circuits/. tests/Prover.Audit.Tests/Mistakes/*.circom "$work"
cd "$work"
while read -r file template inputs; do
    name="circomlib-${template//[^A-Za-z0-9_]/-}"
    name="${name%-}"
    printf 'pragma circom 2.0.0;\ninclude "%s.circom";\ncomponent main {public [%s]} = %s;\n' "$file" "$inputs" "$template" > "${name%-}.circom"
done << 'TEMPLATES'
bitify Num2Bits(8) in
bitify Num2Bits(253) in
bitify Num2Bits(254) in
bitify Num2Bits_strict() in
bitify Num2BitsNeg(8) in
bitify Bits2Num_strict() in
comparators IsZero() in
comparators IsEqual() in
comparators ForceEqualIfEnabled() enabled, in
comparators LessThan(32) in
comparators GreaterEqThan(16) in
compconstant CompConstant(12345) in
aliascheck AliasCheck() in
sign Sign() in
mux1 Mux1() c, s
mux2 Mux2() c, s
mux3 Mux3() c, s
mux4 Mux4() c, s
multiplexer Decoder(4) inp
multiplexer Multiplexer(2,4) inp, sel
switcher Switcher() sel, L, R
gates XOR() a, b
gates MultiAND(5) in
binsum BinSum(8,2) in
poseidon Poseidon(2) inputs
mimc MiMC7(91) x_in, k
mimcsponge MiMCSponge(2,220,1) ins, k
montgomery Edwards2Montgomery() in
montgomery Montgomery2Edwards() in
montgomery MontgomeryAdd() in1, in2
montgomery MontgomeryDouble() in
babyjub BabyCheck() x, y
babyjub BabyAdd() x1, y1, x2, y2
babyjub BabyDbl() x, y
babyjub BabyPbk() in
pointbits Point2Bits_Strict() in
pointbits Bits2Point_Strict() in
pedersen Pedersen(8) in
escalarmulany EscalarMulAny(8) e, p
smt/smtprocessor SMTProcessor(4) oldRoot, siblings, oldKey, oldValue, isOld0, newKey, newValue, fnc
eddsaposeidon EdDSAPoseidonVerifier() enabled, Ax, Ay, S, R8x, R8y, M
eddsamimc EdDSAMiMCVerifier() enabled, Ax, Ay, S, R8x, R8y, M
TEMPLATES

mkdir compiled
for circuit in circomlib-*.circom *.bad.circom *.good.circom; do
    "$circom2" "$circuit" --r1cs --sym --O1 -o compiled > log 2>&1 || { cat log >&2; echo "$circuit does not compile" >&2; exit 1; }
done
[ -z "$kept" ] || cp compiled/* "$kept"
cd compiled
dotnet "$prover" audit *.r1cs --effort 10000000
