#!/usr/bin/env python3
"""What is installed: the manual page and completion say what --help says, and `make install` puts
the files where they belong and takes them away again. TAP on standard output.
"""

import os
import pty
import re
import select
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "lib"))

from suite import BUILD, ENGINE, ROOT, TIME_LIMIT, Tap, engine  # noqa: E402  pylint: disable=C0413

PAGE, BASH, ZSH = (BUILD / "package" / f"schemepay.{name}" for name in ("1", "bash", "zsh"))
LINK = re.compile(r"\]\(([^)#\s]+)[^)\s]*\)")
ESCAPES = ((r"\(aq", "'"), (r"\(dq", '"'), (r"\(ga", "`"), (r"\(ha", "^"), (r"\(ti", "~"), (r"\-", "-"),
           (r"\&", ""), (r"\e", "\\"))
RUNS = ("2025-09/001", "2025-09/002", "2025-26-YE/001")
VALUES = {"DIR": "a folder", "FILE": "a file"}


class Help:
    """What --help says of a command, or of all of them."""

    def __init__(self, *command):
        self.text = engine(*command, "--help").out
        front, _, options = self.text.partition("Options:\n" if command else "Options of all commands:\n")
        self.usage = front.split("\n", 1)[0].removeprefix("Usage: schemepay ")
        self.options = dict(re.findall(r"^    (--\S+(?: [A-Z]+)?) +(.+)$", options.split("\n\n")[0], re.M))
        self.names = {option.split()[0] for option in self.options} | set(re.findall(r"--[a-z-]+", self.usage))

    def commands(self):
        """The commands that it lists, with their summaries."""
        return dict(re.findall("^    ([a-z-]+)  +(.+)$", self.text.split("Commands:\n")[1].split("\n\n")[0], re.M))

    def exits(self):
        """The exit statuses that it lists."""
        return re.findall("^    ([0-9]+) +(.+)$", self.text.split("Exit status:\n")[1], re.M)

    def prefix(self):
        """Where it says that it is installed."""
        return re.search(r"installed +(/\S*)/share/doc/schemepay/examples", self.text)[1]


def words(text):
    """A text without line breaks."""
    return " ".join(text.split())


def unroff(page):
    """What a manual page says, by its source: no more of roff than the page has."""
    page = re.sub(r"^\.(?:\\\"|TH).*\n", "", page, flags=re.M)
    page = re.sub(r"^\.[A-Za-z]+ ?", "", page, flags=re.M)
    page = re.sub(r"\\f[BIR]", "", page)
    for escape, character in ESCAPES:
        page = page.replace(escape, character)
    return words(re.sub(r"\\\[u([0-9A-F]+)\]", lambda match: chr(int(match[1], 16)), page))


def check_page(tap, overview, commands):
    """The manual page has all that --help has, and roff has nothing to say about it."""
    page = PAGE.read_text(encoding="ascii")
    said = unroff(page)
    for name, command in commands.items():
        body = command.text.split("\n\n", 1)[1].split("\nOptions:\n")[0]
        names = ", ".join(sorted(command.names))
        tap.check([text for text in (command.usage, words(body), f"Options: {names}.") if text not in said],
                  f"the manual page has the help of {name}")
        missing = [f"{option} {meaning}" for option, meaning in command.options.items()
                   if f"{option} {meaning} With " not in said]
        tap.check(missing, f"the manual page has the options of {name}")
    missing = [f"{status} {meaning}" for status, meaning in overview.exits() if f"{status} {meaning}" not in said]
    tap.check(missing, "the manual page has the exit statuses")
    for tool, arguments in (("groff", ("-ww", "-man", "-Tutf8", "-z", PAGE)),
                            ("man", ("--warnings", "-E", "UTF-8", "-l", "-Tutf8", "-Z", PAGE))):
        if not shutil.which(tool):
            tap.skip(f"{tool} finds nothing wrong with the manual page", f"{tool} is not there")
            continue
        done = subprocess.run([tool, *arguments], check=False, capture_output=True, text=True,
                              env={**os.environ, "LC_ALL": "C.UTF-8", "MANROFFSEQ": ""})
        tap.ok(done.returncode == 0 and not done.stderr, f"{tool} finds nothing wrong with the manual page",
               done.stderr[:1000])


def make_folder(folder):
    """A folder to complete in: two archives, a file, and runs that are none."""
    for run in RUNS:
        (folder / "archive/2025-26" / run).mkdir(parents=True)
    (folder / "other/2025-26/2025-10/001").mkdir(parents=True)
    (folder / "archive/2025-26/2025-09/$(touch caught)").mkdir()
    (folder / "budgets.csv").touch()


def bash_replies(folder, questions):
    """What bash offers for each command line, the last word of it incomplete."""
    lines = [f"source '{BASH}'", "complete -p schemepay >&2",
             'ask() { COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _schemepay; echo "${COMPREPLY[*]}"; }']
    lines += ["ask " + " ".join(f"'{word}'" for word in question) for question in questions]
    done = subprocess.run(["bash", "--norc", "-c", "\n".join(lines)], cwd=folder, check=False, text=True,
                          capture_output=True, timeout=TIME_LIMIT)
    return [set(line.split()) for line in done.stdout.splitlines()], done.stderr


def check_bash(tap, folder, overview, commands):
    """bash offers commands, options, runs, folders, files and words where they belong."""
    folders, paths = {"archive", "other"}, {"archive", "other", "budgets.csv"}
    expected = [(("",), set(commands) | overview.names)]
    expected += [((name, "--"), command.names) for name, command in commands.items()]
    for name, command in commands.items():
        for option in command.options:
            if " " in option and (name, option) != ("sample", "--by NAME"):
                bare, value = option.split()
                offered = {"DIR": folders, "FILE": paths}.get(value, set())
                expected.append(((name, bare, ""), offered))
    expected += [
        (("approve", "2025-"), set(RUNS)),
        (("explain", "2025-09/001", "2025"), set()),
        (("compare", "2025-09/001", "2025-09/"), {"2025-09/001", "2025-09/002"}),
        (("compare", "2025-09/001", "2025-09/002", "2025"), set()),
        (("month-end", "2025"), set()),
        (("--archive", "other", "verify", "2"), {"2025-10/001"}),
        (("verify", "--archive", "=", "other", "2"), {"2025-10/001"}),
        (("verify", "--archive", "none", "2"), set()),
        (("verify", "--archive", "="), folders),
        (("verify", "--archive", "=", "oth"), {"other"}),
        (("forecast", "2025-09/001", "--budget", "bud"), {"budgets.csv"}),
        (("sample", "2025-09/001", "--by", ""), {"provider", "scheme"}),
        (("ver",), {"verify"}),
        (("nothing", "--"), set()),
    ]
    replies, said = bash_replies(folder, [("schemepay", *question) for question, _ in expected])
    wrong = [f"{' '.join(question)}: {sorted(wanted)}, not {sorted(reply)}"
             for (question, wanted), reply in zip(expected, replies) if wanted != reply]
    tap.ok(len(replies) == len(expected) and said.strip().endswith("-F _schemepay schemepay"),
           "bash reads the completion, and says nothing", said)
    tap.check(wrong, f"bash offers what belongs there, for {len(expected)} command lines")
    tap.ok(not (folder / "caught").exists(), "no name of a folder is run")


def read_until(terminal, ending):
    """What a terminal shows, up to some bytes."""
    shown, last = b"", time.monotonic() + TIME_LIMIT
    while ending not in shown and time.monotonic() < last:
        if select.select([terminal], [], [], 1)[0]:
            shown += os.read(terminal, 65536)
    return shown


def zsh_completed(folder, questions):
    """What zsh makes of each line when it completes it."""
    here, there = pty.openpty()
    (folder / "functions").mkdir()
    shutil.copy(ZSH, folder / "functions/_schemepay")
    with subprocess.Popen(["zsh", "-f", "-i"], cwd=folder, stdin=there, stdout=there, stderr=there,
                          start_new_session=True, env={**os.environ, "TERM": "dumb", "HOME": str(folder)}) as shell:
        os.close(there)
        os.write(here, b"PS1=; fpath=($PWD/functions $fpath); autoload -Uz compinit; compinit -u -D; "
                       b"show() { zle complete-word; print -r -- \"{$BUFFER}\"; BUFFER=; }; zle -N show; "
                       b"bindkey '^X' show; print -r 'rea'dy\n")
        read_until(here, b"ready")
        completed = []
        for question in questions:
            os.write(here, question.encode() + b"\x18")
            shown = read_until(here, b"}").decode("utf-8", "replace")
            completed.append((re.findall(r"\{(.*?)\}", shown) or [shown])[-1].rstrip())
        os.write(here, b"exit\n")
        shell.kill()
    os.close(here)
    return completed


def check_zsh(tap, folder, commands):
    """zsh reads its file, which has every command and option; what it completes is right."""
    text = ZSH.read_text(encoding="utf-8")
    for name, command in commands.items():
        part = re.search(rf"^        {name}\)\n(.*?);;$", text, re.M | re.S)
        names = set(re.findall(r"^ +'\*?(--[a-z-]+)", part[1], re.M)) if part else set()
        tap.ok(names == command.names and f"'{name}:" in text, f"zsh: {name} has the options of its help",
               sorted(names ^ command.names))
    if not shutil.which("zsh"):
        tap.skip("zsh reads the completion", "zsh is not there")
        tap.skip("zsh completes", "zsh is not there")
        return
    done = subprocess.run(["zsh", "-n", ZSH], check=False, capture_output=True, text=True)
    tap.ok(done.returncode == 0 and not done.stderr, "zsh reads the completion", done.stderr)
    wanted = {"schemepay appr": "schemepay approve", "schemepay month-end --unl": "schemepay month-end --unless-same",
              "schemepay approve 2025-26": "schemepay approve 2025-26-YE/001",
              "schemepay verify --archive other 2": "schemepay verify --archive other 2025-10/001",
              "schemepay --archive other approve 2": "schemepay --archive other approve 2025-10/001",
              "schemepay sample --by pro": "schemepay sample --by provider",
              "schemepay check --inputs oth": "schemepay check --inputs other/"}
    completed = zsh_completed(folder, wanted)
    tap.check([f"{line!r}, not {end!r}" for line, end in zip(completed, wanted.values()) if line != end],
              "zsh completes commands, options, runs, words and folders")


def install(folder, *options):
    """What `make install` does when all is built."""
    return subprocess.run([ROOT / "engine/package/install", *options, BUILD, folder], check=False, text=True,
                          capture_output=True, cwd="/")


def files_of(folder):
    """The files below a folder, with what they are."""
    return {str(path.relative_to(folder)): (path.stat().st_mode & 0o7777, path.stat().st_mtime_ns)
            for path in folder.rglob("*") if path.is_file()}


def check_documents(tap, documents):
    """Links between documents lead somewhere, and so do the words of the help."""
    wrong = [f"{path.relative_to(documents)}: {target}" for path in documents.rglob("*.md")
             for target in LINK.findall(path.read_text(encoding="utf-8"))
             if not re.match("[a-z]+:", target) and not (path.parent / target).is_file()]
    tap.check(wrong, "links of the installed documents lead to files")


def check_example(tap, folder, prefix):
    """The installed program works out the installed example, and writes in the archive alone."""
    program, examples = prefix / "bin/schemepay", prefix / "share/doc/schemepay/examples"
    before, here = files_of(prefix), folder / "here"
    here.mkdir()
    command = ["month-end", "--month", "2025-09", "--inputs", examples / "fixtures/2025-26", "--by", "Ann Other",
               "--quiet"]
    done = subprocess.run([program, *command], check=False, cwd=here, capture_output=True, text=True)
    tap.ok(done.returncode == 78 and not list(here.iterdir()), "without --rules the example's are not taken",
           done.returncode, done.stderr)
    done = subprocess.run([program, *command, "--rules", examples / "rules"], check=False, cwd=here,
                          capture_output=True, text=True)
    tap.ok(done.returncode == 0 and [path.name for path in here.iterdir()] == ["archive"],
           "the installed example is worked out, and sealed in the archive", done.stderr[-1000:])
    tap.ok(files_of(prefix) == before, "nothing is written where it is installed")


def check_install(tap, folder, overview):
    """`make install` and `make uninstall`."""
    prefix = folder / "staged" / overview.prefix().lstrip("/")
    done = install(prefix)
    files = files_of(prefix)
    tap.ok(done.returncode == 0 and not done.stdout + done.stderr, "it is installed", done.stderr)
    needed = ["bin/schemepay", "share/man/man1/schemepay.1", "share/bash-completion/completions/schemepay",
              "share/zsh/site-functions/_schemepay", "share/doc/schemepay/README.md",
              "share/doc/schemepay/examples/rules/2025-26/schemes.csv",
              "share/doc/schemepay/examples/fixtures/2025-26/providers.csv"]
    tap.check([name for name in needed if name not in files], "everything is there")
    wrong = [f"{name}: {mode:o}" for name, (mode, _) in files.items()
             if mode != (0o755 if name.startswith("bin/") else 0o644)]
    tap.check(wrong, "files can be read by all, and written by their owner")
    tap.ok((prefix / "bin/schemepay").read_bytes() == Path(ENGINE).read_bytes(), "the program is what was tested")
    check_documents(tap, prefix / "share/doc/schemepay")
    check_example(tap, folder, prefix)
    own = prefix / "share/doc/schemepay/examples/archive"
    own.mkdir()
    (own / "somebody's").touch()
    done = install(prefix, "--remove")
    tap.ok(done.returncode == 0 and list(files_of(prefix)) == [str((own / "somebody's").relative_to(prefix))],
           "it is removed, and nothing else is", done.stderr, *files_of(prefix))
    tap.ok(install(prefix, "--remove").returncode == 0, "what is not there can be removed")


def check_versions(tap):
    """Version and date are the same wherever they stand."""
    version = engine("--version").out.split()[1]
    changelog = (ROOT / "engine/package/changelog").read_text(encoding="utf-8")
    day = re.search(r"^ -- .*>  \w+, (\d+ \w{3}) (\d{4})", changelog, re.M)
    heading = re.search(r'^\.TH SCHEMEPAY 1 "(.*?)" "schemepay (.*?)"', PAGE.read_text(encoding="ascii"), re.M)
    tap.ok(changelog.startswith(f"schemepay ({version})"), "the changelog begins with this version", version)
    tap.ok(heading[2] == version and re.sub(r"( \w{3})\w* ", r"\1 ", heading[1]) == " ".join(day.groups()),
           "the manual page has version and day of the changelog", heading[0], *day.groups())


def main():
    """Test everything; the exit status."""
    tap, overview = Tap(), Help()
    commands = {name: Help(name) for name in overview.commands()}
    tap.ok(len(commands) > 10 and all(command.options for command in commands.values()), "--help lists commands")
    check_page(tap, overview, commands)
    with tempfile.TemporaryDirectory(prefix="schemepay-package-") as outer:
        folder = Path(outer)
        make_folder(folder)
        check_bash(tap, folder, overview, commands)
        check_zsh(tap, folder, commands)
        check_install(tap, folder, overview)
    check_versions(tap)
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())
