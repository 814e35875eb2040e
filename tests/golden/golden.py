"""Golden cases: one file a case, which reads like the paper it could be.

The first lines say what the case shows.  Then come sections, each under a line `=== NAME`:

    command     what is run, a line each, without `schemepay` in front, in a folder of its own;
                all but the last must exit 0; a line `! VERB P` is one of setup
    setup       what no section can say, a line each: `folder P`, `link P TARGET`, `pipe P`,
                `remove P`, `damage P`, `hold P` (another run holds this lock file), `move P TARGET`,
                `copy P TARGET`, `edit P PATTERN TEXT`, `digest P` (its last line is made right),
                `repack P LEVEL` (a workbook, packed at another level),
                `seal RUN` (manifest, approval and index are made to agree with what is there),
                `authority P` (the certificate of an authority that gives timestamps),
                `stamp P TARGET` (its reply to the query in P)
    oracle      why the oracle is not asked
    register    why folders of inputs do not get the usual register
    status      the exit status of the last command
    stdout      what it prints; a section that is not there is empty
    stderr      likewise
    outputs/F   the file F of the run it sealed, or of the folder, to the byte; others are not compared
    texts/F     what the workbook F says, of that run or of the folder: each text once, by its parts
    any path    a file of the folder: `inputs/activity.csv`, `rules/2025-26/tariffs.csv`

The rules are those of `rules/` beside this file, each table replaced by the case's own.  A folder
of inputs with a participation, but no providers of its own, gets those of `inputs/` beside this file.
A section marked `escaped` (`=== inputs/activity.csv escaped`) knows \\r \\n \\t \\0 \\\\ \\xNN, a
backslash at a line's end (the line goes on, or ends without a line feed) and \\{300*x} (x three
hundred times).  Times, SHA-256 sums, process numbers and durations are replaced by {time},
{sha256}, {process} and {seconds}, versions of libraries by {version}, the folder of documents as it
is installed by {documents}, and for `runs` today by {date run}; the sums that name an input are
checked before.
"""

import hashlib
import re
import shlex
from dataclasses import dataclass, field
from datetime import datetime, timezone
from pathlib import Path

FOLDER = Path(__file__).resolve().parent
SHARED_RULES = FOLDER / "rules"
SHARED_REGISTER = FOLDER / "inputs" / "providers.csv"
FRONT = ("setup", "command", "oracle", "register")
EXPECTATIONS = ("status", "stdout", "stderr")
RESULTS = ("outputs/", "texts/")
LIBRARIES = "libxlsxwriter|zlib|GLib|OpenSSL|libcsv|libharu"
_HEADING = re.compile(r"=== (\S+)( escaped)?")
_ESCAPE = re.compile(rb"\\(?:x([0-9a-f]{2})|\{([0-9]+)\*((?:\\x[0-9a-f]{2}|[^}])+)\}|(.|\n))", re.S)
_SIMPLE = {b"r": b"\r", b"n": b"\n", b"t": b"\t", b"0": b"\0", b"\\": b"\\", b"\n": b""}


class BadCase(Exception):
    """A case file that cannot be read."""


@dataclass
class Case:
    """One case as its file says it."""

    path: Path
    title: str
    sections: dict = field(default_factory=dict)
    escaped: set = field(default_factory=set)

    @property
    def name(self):
        """The case's name: group and file."""
        return str(self.path.relative_to(FOLDER).with_suffix(""))

    @property
    def commands(self):
        """What is run: lists of arguments."""
        text = self.content("command").decode("utf-8", "surrogateescape")
        return [shlex.split(line) for line in text.splitlines() if line.strip()]

    def lines(self, name):
        """The lines of a section that are not empty."""
        return [line for line in self.sections.get(name, "").splitlines() if line.strip()]

    def content(self, name):
        """The bytes of a section."""
        raw = self.sections[name].encode("utf-8")
        return unescape(raw) if name in self.escaped else raw

    def files(self):
        """The names of the sections that are files of the folder."""
        others = (*FRONT, *EXPECTATIONS)
        return [n for n in self.sections if n not in others and not n.startswith(RESULTS)]

    def without_register(self):
        """The folders of inputs that get the usual register."""
        names = [] if "register" in self.sections else self.files()
        folders = {n.split("/")[0] for n in names if re.match("[^/]+/participation", n)}
        return [f for f in sorted(folders) if not any(n.startswith(f"{f}/providers") for n in names)]

    def results(self, start):
        """The names of the files it looks at, below "outputs/" or "texts/"."""
        return [name.removeprefix(start) for name in self.sections if name.startswith(start)]


def unescape(raw):
    """Bytes for escapes."""

    def replace(match):
        if match[1]:
            return bytes([int(match[1], 16)])
        if match[2]:
            return unescape(match[3]) * int(match[2])
        if match[4] not in _SIMPLE:
            raise BadCase(f"unknown escape {match[0]!r}")
        return _SIMPLE[match[4]]

    return _ESCAPE.sub(replace, raw)


def escape(text):
    """A text as an escaped section."""
    text = text.replace("\\", "\\\\").replace("\r", "\\r").replace("\0", "\\0")
    text = re.sub("[\x01-\x08\x0b-\x1f\x7f]", lambda match: f"\\x{ord(match[0]):02x}", text)
    return text if text.endswith("\n") else f"{text}\\\n"


def needs_escape(text):
    """Whether a text cannot stand in a section as it is."""
    odd = re.search("[\\0-\x08\x0b-\x1f\x7f]|^===", text, re.M)
    return bool(odd) or (text != "" and not text.endswith("\n"))


def read_case(path):
    """The case of a file."""
    title, sections, escaped, name = [], {}, set(), None
    for line in path.read_text(encoding="utf-8").splitlines(keepends=True):
        heading = _HEADING.fullmatch(line.rstrip("\n"))
        if heading:
            name = heading[1]
            if name in sections:
                raise BadCase(f"{path}: section {name} twice")
            sections[name] = ""
            if heading[2]:
                escaped.add(name)
        elif line.startswith("==="):
            raise BadCase(f"{path}: not a heading: {line!r}")
        elif name is None:
            title.append(line.strip())
        else:
            sections[name] += line
    if not title or not sections.get("command"):
        raise BadCase(f"{path}: a title and a command are needed")
    return Case(path, " ".join(part for part in title if part), sections, escaped)


def write_case(case):
    """Write a case back, inputs first, expectations last; the prose stays as it is."""
    prose = []
    for line in case.path.read_text(encoding="utf-8").splitlines(keepends=True):
        if line.startswith("==="):
            break
        prose.append(line)
    front = [n for n in FRONT if n in case.sections]
    back = [n for n in EXPECTATIONS if n in case.sections]
    outputs = [n for n in case.sections if n.startswith(RESULTS)]
    text = "".join(prose)
    for name in [*front, *case.files(), *back, *outputs]:
        mark = " escaped" if name in case.escaped else ""
        text += f"=== {name}{mark}\n{case.sections[name]}"
    case.path.write_text(text, encoding="utf-8")


def all_cases():
    """Every case, by name."""
    return [read_case(path) for path in sorted(FOLDER.glob("*/*.txt"))]


def without_chance(text):
    """A text without what differs from run to run."""
    text = re.sub(r"\b[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z", "{time}", text)
    text = re.sub(r"\b[0-9a-f]{64}\b", "{sha256}", text)
    text = re.sub(r"(?m)^(time: [a-z ]+?) +[0-9.]+ s$", r"\1 {seconds}", text)
    text = re.sub(rf"\b({LIBRARIES}) [0-9][\w.-]*", r"\1 {version}", text)
    text = re.sub(r"/\S+/share/doc/schemepay", "{documents}", text)
    return re.sub(r"process [0-9]+ on \S+", "{process}", text)


def without_today(text):
    """A text without the date it is run on."""
    return text.replace(f"{datetime.now(timezone.utc):%Y-%m-%d}", "{date run}")


def sha256(content):
    """The SHA-256 of bytes, as the outputs write it."""
    return hashlib.sha256(content).hexdigest()
