"""Workbooks as they are stored: their formulas with the values beside them, and copies without those values."""

import re
import subprocess
import zipfile
from dataclasses import dataclass
from html import unescape
from pathlib import Path

CELL = re.compile(r'<c r="([A-Z]+[0-9]+)"([^>]*?)(?:/>|>(.*?)</c>)', re.S)
FORMULA = re.compile(r"<f[^>]*?(?:/>|>(.*?)</f>)", re.S)
VALUE = re.compile(r"<v[^>]*>(.*?)</v>", re.S)
BATCH = 200  # files that LibreOffice is given at a time: it drops those beyond some 250 without a word
CACHED = re.compile(r'(<c r="[^"]+"[^>]*><f[^>]*>[^<]*</f>)<v>[^<]*</v>')


@dataclass
class Cell:
    formula: str  # "" where the cell has none
    type: str     # as in the file: "n", "str", "e", ...
    value: str


def sheet_parts(archive):
    """The name of each sheet and the part it is stored in."""
    book = archive.read("xl/workbook.xml").decode()
    links = archive.read("xl/_rels/workbook.xml.rels").decode()
    targets = {}
    for tag in re.findall(r"<Relationship [^>]*>", links):
        targets[re.search(r'Id="([^"]+)"', tag)[1]] = re.search(r'Target="([^"]+)"', tag)[1]
    for tag in re.findall(r"<sheet [^>]*>", book):
        target = targets[re.search(r'r:id="([^"]+)"', tag)[1]]
        yield unescape(re.search(r'name="([^"]*)"', tag)[1]), "xl/" + target.removeprefix("/xl/")


def filter_of(archive, part):
    """The range that has filter buttons on a sheet, as "A4:S492": those of a table, or its own; None without."""
    folder, _, name = part.rpartition("/")
    links = f"{folder}/_rels/{name}.rels"
    texts = [archive.read(part).decode()]
    if links in archive.namelist():
        texts += [archive.read(f"xl/tables/{table}").decode()
                  for table in re.findall(r"tables/(table[0-9]+\.xml)", archive.read(links).decode())]
    found = [ref for text in texts for ref in re.findall(r'<autoFilter ref="([^"]+)"', text)]
    assert len(found) <= 1, (part, found)
    return found[0] if found else None


def read_cells(path, formulas_only=True):
    """All cells with a formula, or that hold an error, as {(sheet, name): Cell}."""
    cells = {}
    with zipfile.ZipFile(path) as archive:
        for sheet, part in sheet_parts(archive):
            for name, attributes, inside in CELL.findall(archive.read(part).decode()):
                kind = re.search(r' t="(\w+)"', attributes)
                kind = kind[1] if kind else "n"
                formula, value = FORMULA.search(inside), VALUE.search(inside)
                if formula or kind == "e" or not formulas_only:
                    cells[sheet, name] = Cell(unescape(formula[1] or "") if formula else "", kind,
                                              unescape(value[1]) if value else "")
    return cells


def shared_strings(path):
    """The texts that cells of a workbook share, by number."""
    with zipfile.ZipFile(path) as archive:
        shared = archive.read("xl/sharedStrings.xml").decode() if "xl/sharedStrings.xml" in archive.namelist() else ""
    return [unescape("".join(re.findall(r"<t[^>]*>(.*?)</t>", item, re.S)))
            for item in re.findall(r"<si>(.*?)</si>", shared, re.S)]


def read_table(path, sheet):
    """The rows of a table's sheet, each a dictionary by heading: the texts and numbers as stored."""
    strings = shared_strings(path)
    rows = {}
    for (name, place), cell in read_cells(path, formulas_only=False).items():
        if name == sheet:
            column, row = re.fullmatch(r"([A-Z]+)([0-9]+)", place).groups()
            rows.setdefault(int(row), {})[column] = strings[int(cell.value)] if cell.type == "s" else cell.value
    headings = next(row for row, cells in sorted(rows.items()) if cells.get("A") == "Scheme")
    return [{heading: rows[row].get(column, "") for column, heading in rows[headings].items()}
            for row in sorted(rows) if row > headings]


def copy_changed(source, target, change):
    """A copy of a workbook whose sheets, as text, went through a function."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            if name.startswith("xl/worksheets/sheet"):
                content = change(name, content.decode()).encode()
            new.writestr(name, content)


def strip_values(source, target):
    """A copy in which no formula has a value: whoever opens it must work it out."""
    copy_changed(source, target, lambda _, text: CACHED.sub(r"\1", text))


def recalculate(paths, folder, profile):
    """Lets LibreOffice work workbooks out again, many in one go; the results are in folder, under their names."""
    for first in range(0, len(paths), BATCH):
        batch = paths[first:first + BATCH]
        command = ["soffice", f"-env:UserInstallation=file://{profile}", "--headless", "--norestore", "--convert-to",
                   "xlsx:Calc MS Excel 2007 XML", "--outdir", str(folder), *map(str, batch)]
        done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
        missing = [path.name for path in batch if not (Path(folder) / path.name).exists()]
        if missing:
            raise RuntimeError(f"LibreOffice made nothing of {missing}:\n{done.stdout}")


def differences(cached, recalculated):
    """What a workbook says against what it comes to: one line for each cell that differs or is an error."""
    found = []
    for (sheet, name), cell in cached.items():
        again = recalculated.get((sheet, name))
        if again is None:
            found.append(f"{sheet}!{name}: gone")
        elif not agree(cell, again):
            found.append(f"{sheet}!{name}: {cell.value!r} is cached, {again.value!r} comes out of {cell.formula}")
    found += [f"{sheet}!{name}: {cell.value}" for (sheet, name), cell in recalculated.items() if cell.type == "e"]
    return found


def agree(cell, again):
    """Whether two values are equal: numbers to far less than the penny."""
    if cell.type != again.type and "str" in (cell.type, again.type):
        return False
    if cell.type == "str":
        return cell.value == again.value
    try:
        one, other = float(cell.value), float(again.value)
    except ValueError:
        return False
    return abs(one - other) <= 1e-6 + 1e-12 * abs(one)


def failing_checks(cells):
    """What is wrong with the checks of a recalculated workbook: any that is 0."""
    zero = [f"{sheet}!{name}" for (sheet, name), cell in cells.items()
            if re.fullmatch(r"IF\(ROUND\([^()]*,2\)=0,1,0\)", cell.formula.lstrip("=")) and float(cell.value or 0) != 1]
    holds = [cell for (sheet, _), cell in cells.items() if sheet == "Checks" and "ROUND" in cell.formula]
    return zero + ([] if holds else ["there is no check on Checks"])


def work_out_again(made, folder):
    """Works workbooks out again that have lost their values: label, cells with those values, and cells without."""
    stripped, results = folder / "stripped", folder / "recalculated"
    for path in (stripped, results):
        path.mkdir(parents=True)
    paths = {label: stripped / f"{label.replace(' ', '-')}.xlsx" for label in made}
    for label, path in made.items():
        strip_values(path, paths[label])
    recalculate(list(paths.values()), results, folder / "profile")
    return [(label, read_cells(path), read_cells(results / paths[label].name))
            for label, path in made.items()]
