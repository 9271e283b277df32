#!/usr/bin/env bash
# Times whole processes, from their start: the CLI as it is built and as it is published, taking turns, and proving with and without a key's
# prepared tables. Prints the least and the median milliseconds of wall clock and of CPU.
#
#   bench/start-up.sh KEY.zkey WITNESS.wtns [ROUNDS]
set -euo pipefail
key=$(realpath "$1") witness=$(realpath "$2") rounds=${3:-9}
cd "$(dirname "${BASH_SOURCE[0]}")/.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

dotnet publish -c Release --nologo -v quiet src/Prover.Cli -o "$work/published" >&2
dotnet build -c Release --nologo -v quiet src/Prover.Cli >&2
built() { dotnet src/Prover.Cli/bin/Release/net10.0/Prover.Cli.dll "$@"; }
published() { "$work/published/Prover.Cli" "$@"; }

TIMEFORMAT='%R %U %S'
measure() { # NAME COMMAND… : appends "wall cpu" to $work/NAME.times
    local name=$1 times
    shift
    times=$({ time "$@" > "$work/log" 2>&1; } 2>&1) || { cat "$work/log" >&2; exit 1; }
    awk '{ print $1 * 1000, ($2 + $3) * 1000 }' <<< "$times" >> "$work/$name.times"
}

# Makes the tables and the files to verify.
published prove "$key" "$witness" "$work/proof.json" "$work/public.json" --device cpu > "$work/log" 2>&1
published key export-vk "$key" -o "$work/vk.json" > "$work/log" 2>&1
for _ in $(seq "$rounds"); do
    for cli in built published; do
        measure "$cli --version" $cli --version
        measure "$cli verify" $cli verify "$work/vk.json" "$work/public.json" "$work/proof.json"
        measure "$cli prove" $cli prove "$key" "$witness" "$work/proof.json" "$work/public.json" --device cpu
        measure "$cli prove --no-tables" $cli prove "$key" "$witness" "$work/proof.json" "$work/public.json" --device cpu --no-tables
    done
done

statistic() { sort -n <(cut -d' ' -f"$2" "$work/$1.times") | awk '{ v[NR] = $1 } END { printf "%5d %5d", v[1], (v[int((NR + 1) / 2)] + v[int(NR / 2) + 1]) / 2 }'; }
echo "wall least, median; CPU least, median: milliseconds"
for command in --version verify prove "prove --no-tables"; do
    for cli in built published; do
        echo "$(statistic "$cli $command" 1) $(statistic "$cli $command" 2)  $cli $command"
    done
done
