#!/usr/bin/env python3
"""Measures schemepay beside other programs over the same files, in one run.

    bench.py BUILD [--millions 1,5] [--runs 5]

Commands take turns (A B C A B C …), so that a machine whose speed drifts treats all of them alike.
What counts are the ratios: each is taken within one turn, and the median of them is printed.
"""
import argparse
import os
import shutil
import statistics
import subprocess
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
MAWK = ('-F,', 'FNR > 1 { key = $2 "," $3 "," $4; sum[key] += $7; '
        'if (!((key, $5) in seen)) { seen[key, $5] = 1; patients[key]++ } } '
        'END { for (key in sum) n++; print n }')
PANDAS = ('import pandas as p, sys; d = p.read_csv(sys.argv[1], dtype=str); '
          'd.quantity = p.to_numeric(d.quantity, errors="coerce"); '
          'print(len(d.groupby(["provider", "scheme", "activity"]).agg('
          '{"patient_ref": "nunique", "quantity": "sum"})))')


def run(command, before=None):
    """Runs a command; returns wall seconds, processor seconds and peak memory in MB."""
    if before is not None:
        before()
    start = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    error = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.monotonic() - start
    if status != 0:
        sys.exit(f'{" ".join(command[:3])} … failed:\n{error.decode()[-2000:]}')
    return wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def commands_for(build, pack):
    """The commands to compare: name -> (command, what to do before it)."""
    engine = os.path.join(build, 'schemepay')
    archive = os.path.join(pack, 'archive')
    files = [os.path.join(pack, 'inputs/activity', name)
             for name in sorted(os.listdir(os.path.join(pack, 'inputs/activity')))]
    arguments = ['--month', '2026-03', '--rules', os.path.join(pack, 'rules'), '--inputs',
                 os.path.join(pack, 'inputs'), '--archive', archive, '--by', 'bench']

    def clear():
        shutil.rmtree(archive, ignore_errors=True)

    table = {
        'libcsv, one pass, one core': ([os.path.join(build, 'bench/floor'), *files], None),
        'check': ([engine, 'check', *arguments, '--quiet'], None),
        'check, one thread': ([engine, 'check', *arguments, '--quiet', '--threads', '1'], None),
        'month-end, sealed': ([engine, 'month-end', *arguments, '--quiet'], clear),
    }
    if os.path.isdir(os.path.join(build, 'bench/node_modules/@duckdb')):
        table['DuckDB, count(distinct patient)'] = (
            ['node', os.path.join(build, 'bench/duckdb.mjs'),
             os.path.join(pack, 'inputs/activity'), str(os.cpu_count())], None)
    if shutil.which('mawk'):
        table['mawk, group by'] = (['mawk', *MAWK, *files], None)
    if subprocess.run([sys.executable, '-c', 'import pandas'], stderr=subprocess.DEVNULL,
                      check=False).returncode == 0:
        table['pandas, nunique'] = ([sys.executable, '-c', PANDAS, files[0]], None)
    return table


def measure(build, millions, runs):
    """Generates a pack of so many million rows, measures and prints."""
    pack = os.path.join(build, f'bench/{millions}m')
    if not os.path.exists(os.path.join(pack, 'done')):
        subprocess.run([os.path.join(build, 'bench/generate'), pack,
                        str(int(millions * 1_000_000))], check=True)
        open(os.path.join(pack, 'done'), 'w').close()
    table = commands_for(build, pack)
    for command, before in table.values():  # warm: files in memory, pages of programs, too
        run(command, before)
    turns = [{name: run(*table[name]) for name in table} for _ in range(runs)]
    floor = next(iter(table))
    duck = next((name for name in table if name.startswith('DuckDB')), None)
    print(f'\n{millions:g} million rows, {runs} turns, {os.cpu_count()} processors')
    print(f'{"":34}{"wall s":>8}{"cpu s":>8}{"MB":>8}{"÷ libcsv":>10}{"÷ DuckDB":>10}')
    for name in table:
        wall, cpu, memory = (statistics.median(turn[name][i] for turn in turns) for i in range(3))
        ratios = [statistics.median(turn[name][0] / turn[base][0] for turn in turns)
                  if base else None for base in (floor, duck)]
        shown = ''.join(f'{ratio:10.2f}' if ratio else f'{"–":>10}' for ratio in ratios)
        print(f'{name:34}{wall:8.2f}{cpu:8.2f}{memory:8.0f}{shown}')
    speedup = statistics.median(turn['check, one thread'][0] / turn['check'][0] for turn in turns)
    print(f'check on all processors is {speedup:.2f} times as fast as on one')
    clear = table['month-end, sealed'][1]
    clear()
    stages = subprocess.run([*table['month-end, sealed'][0], '--timings'], check=True,
                            capture_output=True, text=True).stderr
    print('stages of the sealed month-end:')
    print(''.join(f'  {line}\n' for line in stages.splitlines() if line.startswith('time:')), end='')
    clear()


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('build')
    parser.add_argument('--millions', default='1,5')
    parser.add_argument('--runs', type=int, default=5)
    options = parser.parse_args()
    for millions in options.millions.split(','):
        measure(os.path.abspath(options.build), float(millions), options.runs)


if __name__ == '__main__':
    main()
