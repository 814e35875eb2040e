#!/bin/sh
# Replays the saved inputs of every fuzz target: one test a target.
cd "$(dirname "$0")/corpus" || exit 1
set -- *
echo "1..$#"
number=0
for target; do
    number=$((number + 1))
    if output=$("$BUILD/tests/fuzz/replay-$target" "$target" 2>&1); then
        echo "ok $number - $target: $(echo "$output" | tail -1)"
    else
        echo "not ok $number - $target"
        echo "$output" | tail -20 | sed 's/^/# /'
    fi
done
