#!/usr/bin/env bash
# Proves one batch with this prover and with snarkjs, taking turns, on the same key and witness, each a whole process from its start:
# loading the key, proving, and here also the self-check. Prints seconds of wall clock and of CPU, and their ratios.
#
#   bench/compare-with-snarkjs.sh [BATCH.json] [ROUNDS]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
batch=${1:-bench/batches/first.json}
rounds=${2:-5}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

dotnet build -c Release --nologo -v quiet src/Prover.Cli >&2
[ -x tests/npm/node_modules/.bin/snarkjs ] || npm ci --prefix tests/npm --silent >&2
prover() { dotnet src/Prover.Cli/bin/Release/net10.0/Prover.Cli.dll "$@"; }
snarkjs() { tests/npm/node_modules/.bin/snarkjs "$@"; }

prover batch prove "$batch" -o "$work" --wtns "$work/batch.wtns" --device cpu --json > "$work/report.json"
key=$(node -p 'JSON.parse(fs.readFileSync(process.argv[1])).key' "$work/report.json")
node -p '`${JSON.parse(fs.readFileSync(process.argv[1])).constraints} constraints`' "$work/report.json"

TIMEFORMAT='%R %U %S'
measure() { # NAME COMMAND… : appends "wall cpu" to $work/NAME
    local name=$1 times
    shift
    times=$({ time "$@" > "$work/log" 2>&1; } 2>&1) || { cat "$work/log" >&2; exit 1; }
    awk '{ print $1, $2 + $3 }' <<< "$times" | tee -a "$work/$name" | sed "s/^/$name: wall and CPU seconds /"
}

for _ in $(seq "$rounds"); do
    measure prover prover prove "$key" "$work/batch.wtns" "$work/proof.json" "$work/public.json" --device cpu
    measure snarkjs snarkjs groth16 prove "$key" "$work/batch.wtns" "$work/snarkjs-proof.json" "$work/snarkjs-public.json"
done

# Each proof verifies in the other program.
prover verify "$work/verification_key.json" "$work/public.json" "$work/snarkjs-proof.json"
snarkjs groth16 verify "$work/verification_key.json" "$work/public.json" "$work/proof.json"

median() { sort -n <(cut -d' ' -f"$2" "$work/$1") | awk '{ v[NR] = $1 } END { print (v[int((NR + 1) / 2)] + v[int(NR / 2) + 1]) / 2 }'; }
for column in 1 2; do
    ours=$(median prover $column)
    theirs=$(median snarkjs $column)
    echo "$([ $column = 1 ] && echo wall || echo CPU ): prover $ours s, snarkjs $theirs s, ratio $(awk "BEGIN { printf \"%.2f\", $theirs / $ours }")"
done
