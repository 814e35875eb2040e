#!/usr/bin/env python3
"""Workbooks that everybody can read: what programs that read aloud need is in the files, and colours have contrast.

Looks into the parts of the month's workbook, of a bridge, a forecast and some statements of the fixtures. Contrast is
worked out as the Web Content Accessibility Guidelines (2.1, 1.4.3 and 1.4.11) have it. TAP on standard output.
"""

import re
import sys
import tempfile
import zipfile
from html import unescape
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "lib"))
import sheets  # noqa: E402
from suite import Tap, engine, run_period  # noqa: E402

MONTH = "2025-09"
TEXT, LARGE_TEXT, PICTURE = 4.5, 3, 3  # the least contrast; large: 14 points and bold, or 18 points
MARKED = {"Payments", "Payees", "Changes", "QIF", "SPIRO", "Contracts", "Claims received", "Resubmissions",
          "Exceptions", "Controls"}  # among the tables of the month's workbook


def luminance(colour):
    """Relative luminance of "005EB8"."""
    parts = [int(colour[at:at + 2], 16) / 255 for at in (0, 2, 4)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    """The contrast of two colours, from 1 to 21."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def colour_in(text, tag, default):
    """The colour of a tag in a part of the styles."""
    found = re.search(rf'<{tag} rgb="FF([0-9A-F]{{6}})"', text)
    return found[1] if found else default


def children(text, tag, child):
    """The children of the first tag of a name, as texts."""
    inside = re.search(rf"<{tag}[ >].*?</{tag}>", text, re.S)
    return re.findall(rf"<{child}[ >/].*?(?:</{child}>|/>(?=<{child}|</{tag}))", inside[0], re.S) if inside else []


def pairs_of(styles):
    """Of each style that is made: font colour, fill, and the least contrast that they need."""
    fonts, fills = children(styles, "fonts", "font"), children(styles, "fills", "fill")
    for cell in re.findall(r"<xf [^>]*>", re.search("<cellXfs.*?</cellXfs>", styles, re.S)[0]):
        font = fonts[int(re.search(r'fontId="(\d+)"', cell)[1])]
        fill = fills[int(re.search(r'fillId="(\d+)"', cell)[1])]
        size = float(re.search(r'<sz val="([0-9.]+)"', font)[1])
        is_large = size >= 18 or (size >= 14 and "<b/>" in font)
        yield colour_in(font, "color", "000000"), colour_in(fill, "fgColor", "FFFFFF"), LARGE_TEXT if is_large else TEXT
    for rule in re.findall("<dxf>.*?</dxf>", styles, re.S):
        yield colour_in(rule, "color", "000000"), colour_in(rule, "bgColor", "FFFFFF"), TEXT


def faint_styles(archive):
    """Styles of a workbook with too little contrast, and number formats that colour."""
    styles = archive.read("xl/styles.xml").decode()
    found = [f"{font} on {fill}: {contrast(font, fill):.2f}, not {least}" for font, fill, least in pairs_of(styles)
             if contrast(font, fill) < least]
    return found + re.findall(r'formatCode="[^"]*\[[A-Z][a-z]+[^"]*"', styles)


def faint_pictures(archive):
    """Series of pictures whose outline, or line, hardly differs from the paper."""
    found = []
    for name in archive.namelist():
        if not re.match("xl/charts/chart[0-9]+.xml", name):
            continue
        for series in re.findall("<c:ser>.*?</c:ser>", archive.read(name).decode(), re.S):
            line = re.search(r'<a:ln[ >].*?</a:ln>', series, re.S)
            colour = line and re.search('srgbClr val="([0-9A-F]{6})"', line[0])
            is_unseen = line and "<a:noFill/>" in line[0]
            if not is_unseen and (not colour or contrast(colour[1], "FFFFFF") < PICTURE):
                found.append(f"{name}: {re.search('<c:tx>.*?</c:tx>', series, re.S)[0]}")
    return found


def silent_pictures(archive):
    """Pictures that say nothing to whoever cannot see them, or not where their figures stand."""
    found = []
    for name in archive.namelist():
        if name.startswith("xl/drawings/drawing"):
            drawing = archive.read(name).decode()
            said = [unescape(text) for text in re.findall(r'<xdr:cNvPr [^>]*?descr="([^"]*)"', drawing)]
            found += [f"{name}: {text!r}" for text in said
                      if not re.search(r"[A-Za-z]+: .+\. It shows: .+\. Its figures stand in '.+'![A-Z]+\d+:", text)]
            found += [name] if len(said) != len(re.findall("<xdr:cNvPr ", drawing)) or not said else []
    return found


def tables_of(archive):
    """The tables of a workbook by the sheet that they are on: (name, headings)."""
    found = {}
    for sheet, part in sheets.sheet_parts(archive):
        folder, _, name = part.rpartition("/")
        links = f"{folder}/_rels/{name}.rels"
        if links not in archive.namelist():
            continue
        for target in re.findall(r"tables/(table\d+\.xml)", archive.read(links).decode()):
            text = archive.read(f"xl/tables/{target}").decode()
            found[sheet] = (re.search(r' displayName="([^"]+)"', text)[1],
                            [unescape(heading) for heading in re.findall(r'<tableColumn id="\d+" name="([^"]*)"', text)])
    return found


def odd_tables(path, archive):
    """What a program would have to repair: names and headings that are alike, or not those of the cells."""
    tables, cells, shared = tables_of(archive), sheets.read_cells(path, False), sheets.shared_strings(path)
    names = [name.lower() for name, _ in tables.values()]
    found = [f"two tables are called {name}" for name in set(names) if names.count(name) > 1]
    parts = dict(sheets.sheet_parts(archive))
    for sheet, (name, headings) in tables.items():
        found += [] if re.fullmatch("[A-Za-z_][A-Za-z0-9_]*_table(_[0-9]+)?", name) else [f"{sheet}: {name}"]
        found += [f"{sheet}: {heading!r} twice" for heading in set(headings)
                  if [h.lower() for h in headings].count(heading.lower()) > 1]
        first, row = re.match("([A-Z]+)([0-9]+)", sheets.filter_of(archive, parts[sheet])).groups()
        assert first == "A"
        letters = [chr(65 + at) if at < 26 else f"A{chr(39 + at)}" for at in range(len(headings))]
        there = [shared[int(cells[sheet, f"{letter}{row}"].value)] for letter in letters]
        found += [f"{sheet}: {headings} is not {there}"] if there != headings else []
    return found


def odd_sheets(archive, is_letter):
    """What makes sheets hard to follow: merged or hidden cells, nothing where reading begins, titles. A letter may
    have words that go over several columns, but not over several rows."""
    found = []
    for sheet, part in sheets.sheet_parts(archive):
        text = archive.read(part).decode()
        merged = re.findall(r'<mergeCell ref="[A-Z]+([0-9]+):[A-Z]+([0-9]+)"', text)
        found += [f"{sheet}: rows {first} to {last} are merged" for first, last in merged
                  if not is_letter or first != last]
        found += [f"{sheet}: hidden"] if "hidden=" in text else []
        found += [] if re.search(r'<c r="A1"[^>]*><v>', text) else [f"{sheet}: nothing in A1"]
    found += re.findall('<sheet [^>]*state="[^>]*>', archive.read("xl/workbook.xml").decode())
    title = re.search("<dc:title>(.+?)</dc:title>", archive.read("docProps/core.xml").decode())
    return found + ([] if title else ["no title"])


def look(tap, label, path):
    """One workbook."""
    with zipfile.ZipFile(path) as archive:
        tap.check(faint_styles(archive), f"{label}: letters stand out from their ground")
        tap.check(faint_pictures(archive), f"{label}: pictures stand out from the paper")
        tap.check(silent_pictures(archive), f"{label}: each picture says what it shows, and where its figures are")
        tap.check(odd_tables(path, archive), f"{label}: tables have names and headings of their own")
        tap.check(odd_sheets(archive, "statement" in label), f"{label}: a title, and nothing merged or hidden")


def main():
    """All of it; the exit status."""
    tap = Tap()
    tap.ok(round(contrast("FF0000", "FFFFFF"), 2) == 4.0 and round(contrast("000000", "FFFFFF"), 2) == 21,
           "contrast of red and of black on white, as published")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        archive = folder / "archive"
        outputs = run_period(archive, MONTH)
        forecast, bridge = folder / "forecast.xlsx", folder / "bridge.xlsx"
        run_period(archive, "2025-08")
        for arguments in (("forecast", MONTH, "--output", forecast), ("compare", "2025-08", MONTH, "--output", bridge)):
            ran = engine(*arguments, "--archive", archive, "--quiet")
            assert ran.status in (0, 1), ran.said
        month = next(outputs.glob("payments-*.xlsx"))
        statements = sorted((outputs / "statements").glob("*.xlsx"))
        for label, path in (("month", month), ("forecast", forecast), ("bridge", bridge),
                            ("first statement", statements[0]), ("last statement", statements[-1])):
            look(tap, label, path)
        with zipfile.ZipFile(month) as book:
            tap.check(sorted(MARKED - tables_of(book).keys()), "the month's tables are marked as such")
            tap.ok(any(part.startswith("xl/charts/") for part in book.namelist()), "and it has pictures")
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())
