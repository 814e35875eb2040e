#!/usr/bin/env python3
"""The statements as PDF: what the sealed sheet says, word for word, and nothing cut.

Every statement of a year-end of the fixtures and some of a month are read back by pdftotext, measured
by its boxes and drawn by pdftoppm, beside the sealed workbook. TAP on standard output.
"""

import csv
import hashlib
import re
import subprocess
import sys
import tempfile
import zipfile
from decimal import Decimal
from pathlib import Path
from xml.etree import ElementTree

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "lib"))
from suite import IS_SOAK, TIME_LIMIT, Tap, must, run_period  # noqa: E402  pylint: disable=C0413

NAMESPACE = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
LEFT, RIGHT, TOP, BOTTOM = 28, 567.5, 20, 826  # in points
EVERY = 1 if IS_SOAK else 6
# What a statement of an approved run says in place of what the sheet was sealed with.
PAID = {"To be paid to you": "Paid to you", "What is to be paid": "What is paid", "To be paid in": "Paid in",
        "To be paid now": "Paid now", "to be paid": "paid",
        "Payment follows once this run is approved.": "This run is approved for payment."}
# A statement whose texts no fixture has.
ODD_NAME = "Meddygfa T\u0177 Ll\u0175yd, \u0141\u00f3d\u017a \u4e2d =1+1 \u2013 caf\u00e9"
ODD_PRINTED = "Meddygfa Ty Llwyd, L\u00f3dz [U+4E2D] =1+1 \u2013 caf\u00e9"


def output_of(*command):
    """What a program prints."""
    return subprocess.run(list(map(str, command)), capture_output=True, check=True,
                          timeout=TIME_LIMIT).stdout


def bare(text):
    """A text without blanks, as the letters of a PDF have it."""
    return re.sub(r"\s", "", text.replace("\u2212", "\u2013"))


def pounds(number):
    """An amount as the sheet shows it."""
    amount = Decimal(number).quantize(Decimal("0.01"))
    return f"{'-' if amount < 0 else ''}\u00a3{abs(amount):,.2f}"


def sheet_of(path):
    """The cells of a sealed statement from the top down, as they are shown, and whether it prints on one page."""
    with zipfile.ZipFile(path) as book:
        strings = ElementTree.fromstring(book.read("xl/sharedStrings.xml"))
        sheet = ElementTree.fromstring(book.read("xl/worksheets/sheet1.xml"))
    texts = ["".join(t.text or "" for t in item.iter(NAMESPACE + "t")) for item in strings]
    shown = []
    for cell in sheet.iter(NAMESPACE + "c"):
        value = cell.find(NAMESPACE + "v")
        if value is not None:
            shown.append(texts[int(value.text)] if cell.get("t") == "s" else pounds(value.text))
    fit = sheet.find(NAMESPACE + "pageSetup").get("fitToHeight", "1")
    return shown, fit == "1"


def in_words_of_paid(text):
    """A text of a sheet as an approved run has it."""
    for sealed, now in PAID.items():
        if text == sealed or (len(sealed) > 15 and sealed in text):
            text = text.replace(sealed, now)
    return text


def text_problems(pdf, title, subject, cells, is_one):
    """Whether a PDF says what the cells do, in their order, and nothing else."""
    pages = output_of("pdftotext", "-raw", pdf, "-").decode().split("\f")[:-1]
    if is_one and len(pages) != 1:
        return [f"{pdf.name}: {len(pages)} pages, and the sheet has one"]
    body = ""
    for number, page in enumerate(pages, 1):
        begins, ends = bare(title + subject), bare(f"schemepayPage {number} of {len(pages)}")
        text = bare(page)
        if not text.startswith(begins) or not text.endswith(ends):
            return [f"{pdf.name}, page {number}: no header or footer: {page[:80]!r}"]
        body += text[len(begins):-len(ends)]
    expected = bare("".join(cells))
    if len(pages) == 1:
        return [] if body == expected else [f"{pdf.name}: says something else than the sheet"]
    at = 0  # on several pages headings stand again between the rows
    for cell in cells:
        found = body.find(bare(cell), at)
        if found < 0 or found - at > 200:
            return [f"{pdf.name}: {cell!r} is not found whole where it belongs"]
        at = found + len(bare(cell))
    return [] if at == len(body) else [f"{pdf.name}: says more than the sheet"]


def box_problems(pdf):
    """Words of a PDF that leave the page's edges, or print over one another."""
    problems = []
    for page in output_of("pdftotext", "-bbox", pdf, "-").decode().split("<page ")[1:]:
        words = [tuple(map(float, match[:4])) + (match[4],) for match in re.findall(
            r'<word xMin="(.*?)" yMin="(.*?)" xMax="(.*?)" yMax="(.*?)">(.*?)</word>', page)]
        problems += [f"{pdf.name}: {word} leaves the page" for word in words
                     if word[0] < LEFT or word[2] > RIGHT or word[1] < TOP or word[3] > BOTTOM]
        for i, (left, top, right, bottom, text) in enumerate(words):
            problems += [f"{pdf.name}: {text} prints over {other[4]}" for other in words[i + 1:]
                         if min(right, other[2]) - max(left, other[0]) > 0.5
                         and min(bottom, other[3]) - max(top, other[1]) > 0.4 * (bottom - top)]
    return problems


def picture_problems(pdf, folder):
    """Whether a page can be drawn, with dark letters and the colour of headings on it."""
    output_of("pdftoppm", "-r", 40, "-f", 1, "-l", 1, pdf, folder / "drawn")
    picture = next(folder.glob("drawn*.ppm")).read_bytes()
    colours = {picture[i:i + 3] for i in range(len(picture) % 3 + 15, len(picture), 3)}
    has_blue = any(c[2] > 150 and c[0] < 60 for c in colours if len(c) == 3)
    has_dark = any(max(c) < 90 for c in colours if len(c) == 3)
    return [] if has_blue and has_dark else [f"{pdf.name}: {len(colours)} colours"]


def check_run(run, outputs, folder, is_approved, step):
    """What is wrong with a run's statements as PDF: of texts, of boxes; and how many pages there are."""
    texts, boxes, most = [], [], 1
    with open(folder / "mailing.csv", encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    for row in rows[::step]:
        cells, is_one = sheet_of(outputs / "statements" / f"{row['payee']}.xlsx")
        cells = [in_words_of_paid(cell) for cell in cells] if is_approved else cells
        pdf = folder / row["file"]
        subject = cells[0].removeprefix("Payment statement, ") + f", run {run}"
        texts += text_problems(pdf, f"Payment statement {row['payee']}", subject, cells, is_one)
        headline = [cell for cell in cells if cell.startswith("\u00a3") or cell.startswith("-\u00a3")][:1]
        if headline != [pounds(row["amount"])]:
            texts.append(f"{pdf.name}: begins with {headline}, not with {row['amount']}")
        if not is_one:
            most = max(most, len(output_of("pdftotext", pdf, "-").split(b"\f")) - 1)
    for row in rows[::step * 6]:
        boxes += box_problems(folder / row["file"])
    return rows, texts, boxes, most


def digests(folder):
    """Every file of a folder by name, with the digest of its bytes."""
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.iterdir()}


def small_pack(folder):
    """A practice with an odd name, and so many prices that its statement has a row of many lines."""
    prices = "".join(f"S,LONG-ACTIVITY-{n:04d},Activity {n},quantity,,1.00,2025-04-01,,,,src\n" for n in range(600))
    claims = "".join(f"2025-04,S,P1,LONG-ACTIVITY-{n:04d},{n + 1}\n" for n in range(600))
    tables = {
        "rules/2025-26/schemes.csv": "scheme,title,delivered_by,commissioned,payment,measured_by,source\n"
                                     "S,Scheme,practice,individual,activity,activity,src\n",
        "rules/2025-26/indicators.csv": "scheme,indicator,title,points,method,floor,target,steps,if_no_patients,"
                                        "source\n",
        "rules/2025-26/tariffs.csv": "scheme,activity,title,count,per,price,from,to,cap,patient_cap,source\n"
                                     + prices,
        "inputs/providers.csv": f'provider,name,type,email\nP1,"{ODD_NAME}",practice,p1@practice.example\n',
        "inputs/participation.csv": "scheme,provider,from\nS,P1,2025-04-01\n",
        "inputs/activity.csv": "month,scheme,provider,activity,quantity\n" + claims}
    for name, text in tables.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    outputs = run_period(folder / "archive", "2025-05", folder / "inputs", folder / "rules")
    must("statements", "2025-05/001", "--archive", folder / "archive", "--output", folder / "out")
    return outputs


def odd_tests(tap, folder):
    """A name that the fonts do not have, and a row that no page holds."""
    outputs = small_pack(folder)
    cells, _ = sheet_of(outputs / "statements" / "P1.xlsx")
    pdf = folder / "out" / "2025-05 payment statement P1 run 001.pdf"
    text = bare(output_of("pdftotext", "-raw", pdf, "-").decode())
    tap.ok(bare(f"{ODD_PRINTED} (P1)") in text, "letters that the fonts lack are written by others", text[:300])
    longest = max(cells, key=len)
    codes = re.findall(r"LONG-ACTIVITY-\d{4}", longest)
    missing = [code for code in codes if bare(code) not in text]
    tap.ok(len(codes) == 600 and not missing, "a row that no page holds goes on over pages", len(codes), missing[:5])
    tap.check(box_problems(pdf), "and no word of it is cut or printed over another")


def main():
    """All tests; the exit status."""
    tap = Tap()
    with tempfile.TemporaryDirectory(prefix="schemepay-") as name:
        folder = Path(name)
        archive, out = folder / "archive", folder / "out"
        month = run_period(archive, "2025-09")
        must("statements", "2025-09/001", "--archive", archive, "--output", folder / "draft")
        must("approve", "2025-09/001", "--archive", archive, "--by", "Bob", "--yes")
        year_end = run_period(archive, "2025-26-YE")
        for number, threads in enumerate((1, 2, 5)):
            must("statements", "2025-09/001", "--archive", archive, "--output", f"{out}-{number}", "--threads", threads)
        must("statements", "2025-26-YE/001", "--archive", archive, "--output", folder / "year-end")
        alike = [digests(Path(f"{out}-{number}")) for number in range(3)]
        tap.ok(alike[0] == alike[1] == alike[2] and len(alike[0]) > 100, "the same bytes for any number of threads")
        rows, texts, boxes, _ = check_run("2025-09/001", month, Path(f"{out}-0"), True, EVERY)
        _, more, other, _ = check_run("2025-09/001", month, folder / "draft", False, EVERY * 4)
        tap.check(texts + more, "a month: the sheet's cells word for word, the total first, and one page")
        tap.check(boxes + other, "a month: no word leaves the page or prints over another")
        _, texts, boxes, most = check_run("2025-26-YE/001", year_end, folder / "year-end", False, EVERY)
        tap.check(texts, "a year-end: every cell of the sheet is found whole")
        tap.check(boxes, "a year-end: no word leaves the page or prints over another")
        tap.ok(most > 1, "a year-end has statements of several pages")
        total = sum(Decimal(row["amount"]) for row in rows)
        with open(month / "payment-file-control.csv", encoding="utf-8", newline="") as stream:
            control = Decimal(next(csv.DictReader(stream))["amount"])
        tap.ok(total == control, "the mailing comes to what the payment file does", total, control)
        first = Path(f"{out}-0") / rows[0]["file"]
        content = first.read_bytes()
        told = output_of("pdfinfo", first).decode()
        tap.ok(re.search(rf"Title: +Payment statement {rows[0]['payee']}\n", told) and b"/Lang (en-GB)" in content
               and b"/DisplayDocTitle true" in content and "CreationDate" not in told,
               "title and language are set, and no time", told)
        tap.check(picture_problems(first, folder), "pdftoppm draws it")
        odd_tests(tap, folder / "odd")
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())
