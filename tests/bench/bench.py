#!/usr/bin/env python3
"""Measures schemepay beside other programs over the same files, in one run.

    bench.py BUILD [--millions 1,5] [--runs 5] [--write README]

Commands take turns (A B C A B C …), so that a machine whose speed drifts treats all of them alike.
What counts are the ratios: each is taken within one turn, and the median of them is printed.
At the end come the rows of the table of figures as measured; --write puts them into it.
"""
import argparse
import datetime
import os
import shutil
import statistics
import subprocess
import sys
import time

BY = '`make bench`'
LOCAL = 'check, groups, episodes, caps by fact'
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
    local = [os.path.join(pack, 'local') if value == os.path.join(pack, 'rules') else value
             for value in arguments]

    def clear():
        shutil.rmtree(archive, ignore_errors=True)

    table = {
        'libcsv, one pass, one core': ([os.path.join(build, 'bench/floor'), *files], None),
        'check': ([engine, 'check', *arguments, '--quiet'], None),
        'check, one thread': ([engine, 'check', *arguments, '--quiet', '--threads', '1'], None),
        LOCAL: ([engine, 'check', *local, '--quiet'], None),
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


def row_for(name, wall, memory, ratios):
    """A row of the table of figures as measured."""
    shown = ''.join(f', {ratio:.1f} × {base}' for ratio, base in zip(ratios, ('libcsv', 'DuckDB'))
                    if ratio and base not in name)
    shown += '' if memory is None else f', {memory:.0f} MB'
    return f'| {name} | {wall:.2f} s{shown} | {datetime.date.today()} | {BY} |'


def write_rows(path, rows):
    """Replaces rows of the table by their first cell; new ones follow the last of this program."""
    with open(path, encoding='utf-8') as file:
        lines = file.read().splitlines()
    for row in rows:
        start = row[:row.index(' |') + 2]
        at = next((i for i, line in enumerate(lines) if line.startswith(start)), None)
        if at is not None:
            lines[at] = row
        else:
            lines.insert(max(i for i, line in enumerate(lines) if f'| {BY} |' in line) + 1, row)
    with open(path, 'w', encoding='utf-8') as file:
        file.write('\n'.join(lines) + '\n')


def measure(build, millions, runs):
    """Generates a pack of so many million rows, measures and prints; the rows for the table."""
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
    activity = os.path.join(pack, 'inputs/activity')
    mapped = sum(entry.stat().st_size for entry in os.scandir(activity)) / (1 << 20)
    rows = []
    for name in table:
        wall, cpu, memory = (statistics.median(turn[name][i] for turn in turns) for i in range(3))
        ratios = [statistics.median(turn[name][0] / turn[base][0] for turn in turns)
                  if base else None for base in (floor, duck)]
        shown = ''.join(f'{ratio:10.2f}' if ratio else f'{"–":>10}' for ratio in ratios)
        print(f'{name:34}{wall:8.2f}{cpu:8.2f}{memory:8.0f}{shown}')
        beside = memory - mapped if name.startswith('month-end') else None
        rows.append(row_for(f'{millions:g} million rows: {name}', wall, beside, ratios))
    speedup = statistics.median(turn['check, one thread'][0] / turn['check'][0] for turn in turns)
    print(f'check on all processors is {speedup:.2f} times as fast as on one')
    extra = statistics.median(turn[LOCAL][1] / turn['check'][1] for turn in turns)
    print(f'check with groups, episodes and caps by fact takes {extra:.2f} times the processor')
    clear = table['month-end, sealed'][1]
    clear()
    stages = subprocess.run([*table['month-end, sealed'][0], '--timings'], check=True,
                            capture_output=True, text=True).stderr
    print('stages of the sealed month-end:')
    print(''.join(f'  {line}\n' for line in stages.splitlines() if line.startswith('time:')), end='')
    clear()
    return rows


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('build')
    parser.add_argument('--millions', default='1,5')
    parser.add_argument('--runs', type=int, default=5)
    parser.add_argument('--write', metavar='README')
    options = parser.parse_args()
    rows = [row for millions in options.millions.split(',')
            for row in measure(os.path.abspath(options.build), float(millions), options.runs)]
    print('\nrows for tests/README.md:\n' + '\n'.join(rows))
    if options.write:
        write_rows(options.write, rows)


if __name__ == '__main__':
    main()
