#!/usr/bin/env python3
"""Approvals that are signed: by whom they can be given, and what verify makes of each tampering.

Whoever tampers here makes every SHA-256 right again, in manifest, approval and index, so that the
signature alone tells. Keys are made for the test by ssh-keygen, which also signs. TAP on standard
output.
"""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "lib"))

from archives import place, replace, reseal, seal_lines, sha256, tree, unlock  # noqa: E402  pylint: disable=C0413
from suite import ENGINE, Tap, engine  # noqa: E402  pylint: disable=C0413
from tiny import TINY_RULES, Folder, write_inputs  # noqa: E402  pylint: disable=C0413

RUN, PERSON = "2025-04/001", "Sam Signer"
APPROVERS = "rules/2025-26/approvers"
DONE, DIFFERENCE, NO_INPUT, NOT_ALLOWED, RULES_FAULT = 0, 1, 66, 77, 78


class Place:
    """A folder with keys, inputs, rules and a sealed run."""

    def __init__(self, folder):
        self.folder, self.archive, self.rules = folder, folder / "archive", folder / "rules"
        for name in ("sam", "zoe"):
            self.keygen("-q", "-t", "ed25519", "-N", "", "-f", name)
        shutil.copytree(TINY_RULES, self.rules)
        write_inputs(folder / "inputs")

    def keygen(self, *arguments, text=b""):
        """Run ssh-keygen in the folder: what it prints."""
        return subprocess.run(["ssh-keygen", *arguments], cwd=self.folder, input=text, check=True,
                              capture_output=True).stdout

    def line(self, name, key, options="", ending=""):
        """A line of approvers."""
        public = (self.folder / f"{key}.pub").read_text().split()[:2]
        return f'"{name}" {options}{" ".join(public)}{ending}\n'

    def allow(self, *lines):
        """Write the rules' approvers; without any there is no such file."""
        path = self.folder / APPROVERS
        path.unlink(missing_ok=True)
        if lines:
            path.write_text("".join(lines), encoding="utf-8")

    def run(self, command, path=None):
        """Run a command: its exit status and all it says."""
        more = ["--archive", str(self.archive), "--rules", str(self.rules)]
        environment = {**os.environ, **({"PATH": path} if path else {})}
        ran = engine(*command, *more, cwd=self.folder, environment=environment)
        return ran.status, ran.said

    def seal(self):
        """An archive with a run that nobody has approved yet."""
        shutil.rmtree(self.archive, ignore_errors=True)
        status, said = self.run(["month-end", "--month", "2025-04", "--inputs", "inputs",
                                 "--by", "Ann", "--quiet"])
        assert status == DONE, said

    def approve(self, key=None, by=PERSON, **more):
        """Approve the run."""
        signed = ["--key", key] if key else []
        return self.run(["approve", RUN, "--by", by, "--yes", "--quiet", *signed], **more)

    def verify(self, **more):
        """Verify all."""
        return self.run(["verify", "--all"], **more)

    def approval(self):
        """Where the approval is."""
        return place(self.archive, RUN) / "approval"


def is_said(got, status, *words):
    """Complaints where an answer has another status, or lacks a text."""
    wrong = [] if got[0] == status else [f"exit {got[0]}, not {status}: {got[1]}"]
    return wrong + [f"does not say {word!r}: {got[1]}" for word in words if word not in got[1]]


def is_refused(here, got, status, *words):
    """The same of an approval that must not have been given."""
    wrong = is_said(got, status, *words)
    return wrong + (["it is approved all the same"] if here.approval().exists() else [])


def edit_approval(here, change):
    """Change the lines of the approval, with its own digest and the index's made right."""
    path = here.approval()
    before = path.read_bytes()
    unlock(path).write_text(change(before.decode()))
    seal_lines(path)
    replace(here.archive / "index", sha256(before), sha256(path.read_bytes()))
    seal_lines(here.archive / "index")


def edit_run(here, change):
    """Change files of the run, with the manifest, the approval and the index made right."""
    run = place(here.archive, RUN)
    old = sha256((run / "manifest").read_bytes())
    change(run)
    _, new = reseal(run)
    edit_approval(here, lambda text: text.replace(old, new))
    replace(here.archive / "index", old, new)
    seal_lines(here.archive / "index")


def sign_anew(here, key):
    """Put another key's signature of the manifest into the approval."""
    manifest = (place(here.archive, RUN) / "manifest").read_bytes()
    lines = here.keygen("-Y", "sign", "-n", "schemepay", "-f", key, text=manifest).decode()

    def change(text):
        kept = [li for li in text.splitlines(keepends=True) if not li.startswith("signature ")]
        kept[-1:-1] = [f"signature {line}\n" for line in lines.splitlines()]
        return "".join(kept)

    edit_approval(here, change)


def without(tap, here):
    """No ssh-keygen in any of the places it is taken from: said, and nothing else is done."""
    hide = 'mount --bind /dev/null /usr/bin/ssh-keygen && exec "$@"'
    line = [ENGINE, "approve", RUN, "--by", PERSON, "--yes", "--key", "sam", "--archive", str(here.archive),
            "--rules", str(here.rules)]
    others = [place for place in ("/usr/local/bin", "/opt/homebrew/bin") if os.path.exists(f"{place}/ssh-keygen")]
    done = subprocess.run(["unshare", "-m", "sh", "-c", hide, "sh", *line], cwd=here.folder, check=False,
                          capture_output=True, stdin=subprocess.DEVNULL)
    got = done.returncode, (done.stdout + done.stderr).decode()
    if others or re.search("(un)?(share|mount): ", got[1]):
        return tap.skip("without ssh-keygen", "it cannot be hidden here")
    tap.check(is_refused(here, got, NO_INPUT, "ssh-keygen is not there", "openssh-client"),
                 "without ssh-keygen nothing is signed, and that is said")


def giving(tap, here):
    """Who can approve."""
    sam = here.line(PERSON, "sam")
    here.allow(sam)
    here.seal()
    tap.check(is_refused(here, here.approve(), NOT_ALLOWED, "must be signed", "--key FILE"),
                 "unsigned, where there are approvers: refused")
    tap.check(is_refused(here, here.approve("zoe"), NOT_ALLOWED, "is not approved",
                            "its signature is none that", f"allows {PERSON}"),
                 "signed with a key that is not among the approvers': refused")
    tap.check(is_refused(here, here.approve("sam", by="Zoe"), NOT_ALLOWED, "allows Zoe"),
                 "signed with another approver's key: refused")
    tap.check(is_refused(here, here.approve("nokey"), NO_INPUT, "nokey: cannot be read"),
                 "signed with a key that is not there: refused")
    tap.check(is_refused(here, here.approve("inputs/providers.csv"), NOT_ALLOWED, "nothing can be signed"),
                 "signed with what is no private key: refused")
    liar = here.folder / "bin/ssh-keygen"
    liar.parent.mkdir()
    liar.write_text("#!/bin/sh\necho lies\n", encoding="utf-8")
    liar.chmod(0o755)
    tap.check(is_refused(here, here.approve("zoe", path=str(liar.parent)), NOT_ALLOWED,
                            "its signature is none that"), "what PATH calls ssh-keygen is not asked")
    without(tap, here)
    here.allow(sam, here.line("Zoe", "zoe"), here.line("Sam Other", "sam"))
    words = "approvers:3: its key stands under another name in line 1, too"
    tap.check(is_refused(here, here.approve("sam"), NOT_ALLOWED, words),
                 "with a key that stands under two names: refused")
    got = here.run(["month-end", "--month", "2025-05", "--inputs", "inputs", "--by", "Ann"])
    tap.check(is_said(got, RULES_FAULT, words), "for a run, that is a fault of the rules")
    here.allow(sam, here.line("SAM  signer", "sam"))
    got = here.run(["check", "--month", "2025-05", "--inputs", "inputs"])
    tap.check(is_said(got, DONE), "one name in two spellings is one")
    here.allow(here.line(PERSON, "sam", 'valid-before="20200101" '))
    tap.check(is_refused(here, here.approve("sam"), NOT_ALLOWED, "expired"),
                 "signed with a key that is no longer good: refused")
    here.allow(here.line(PERSON, "zoe"))
    tap.check(is_refused(here, here.approve("zoe"), NOT_ALLOWED, RUN),
                 "approvers must allow it as sealed with the run and as they are now")
    here.allow(sam)
    got = is_said(here.approve("sam"), DONE) + is_said(here.verify(), DONE, "verifies")
    approval = here.approval().read_text()
    got += [] if approval.count("signature -----BEGIN SSH SIGNATURE-----") == 1 else [approval]
    left = sorted(p.name for p in here.folder.glob("schemepay-*"))
    tap.check(got + left, "signed with a key of the approvers': given, and it verifies")
    real = here.folder / "signature"
    real.write_text("".join(line[len("signature "):] for line in approval.splitlines(True)
                            if line.startswith("signature ")))
    manifest = (place(here.archive, RUN) / "manifest").read_bytes()
    said = here.keygen("-Y", "verify", "-f", APPROVERS, "-I", PERSON, "-n", "schemepay", "-s",
                       str(real), text=manifest)
    tap.ok(b"Good" in said, "ssh-keygen itself verifies what stands in the approval", said)


def checking(tap, here):
    """What verify makes of approvers that come, go and change."""
    here.allow(here.line("Z*", "zoe"), here.line(PERSON, "sam"))
    tap.check(is_said(here.verify(), DONE), "other approvers that allow the key, too: verifies")
    here.allow(here.line(PERSON, "sam", 'valid-before="20200101" '))
    tap.check(is_said(here.verify(), DIFFERENCE, "approval", "expired"),
                 "a key that was no longer good when it signed: differs")
    here.allow(here.line(PERSON, "sam", 'valid-before="20990101" '))
    tap.check(is_said(here.verify(), DONE), "a key that was good when it signed: verifies")
    here.allow(here.line(PERSON, "zoe"))
    tap.check(is_said(here.verify(), DIFFERENCE, "approval", "its signature is none that"),
                 "approvers outside the archive that know another key: differs")
    (here.folder / APPROVERS).write_text("")
    tap.check(is_said(here.verify(), DIFFERENCE), "approvers that are nobody: differs")
    (here.folder / APPROVERS).unlink()
    (here.folder / APPROVERS).symlink_to("nowhere")
    tap.check(is_said(here.verify(), DIFFERENCE), "approvers that cannot be read: differs")
    here.allow()
    tap.check(is_said(here.verify(), DONE), "approvers in the archive alone: verifies")
    here.allow(here.line(PERSON, "sam"), here.line("Zoe", "sam"))
    tap.check(is_said(here.verify(), DIFFERENCE, "under another name in line 1"),
                 "a key under two names: differs")
    here.allow()


def edit_line(text):
    """Another letter in the signature's middle line."""
    lines = text.splitlines(keepends=True)
    at = [i for i, line in enumerate(lines) if line.startswith("signature ")][2]
    lines[at] = lines[at][:40] + ("A" if lines[at][40] != "A" else "B") + lines[at][41:]
    return "".join(lines)


def no_signature(text):
    """The approval without its signature."""
    return "".join(li for li in text.splitlines(True) if not li.startswith("signature "))


def replace_approvers(here):
    """Approvers of one's own, inside the run, and a signature by one's own key."""
    own = here.line(PERSON, "zoe")
    edit_run(here, lambda run: unlock(run / APPROVERS).write_text(own))
    sign_anew(here, "zoe")


def tampering(tap, here):
    """What is done to a signed approval; only SHA-256s are made right again."""
    none = "its signature is none that"
    cases = [
        ("an edited signature", lambda h: edit_approval(h, edit_line), none),
        ("a signature that is cut short",
         lambda h: edit_approval(h, lambda t: t.replace("signature -----END SSH SIGNATURE-----\n",
                                                        "")), none),
        ("no signature", lambda h: edit_approval(h, no_signature), "is not signed, although"),
        ("another approver", lambda h: edit_approval(h, lambda t: t.replace(PERSON, "Zoe")), none),
        ("another key's signature", lambda h: sign_anew(h, "zoe"), none),
        ("a changed manifest", lambda h: edit_run(h, lambda run: replace(
            run / "manifest", "prepared-by Ann", "prepared-by Eve")), none),
        ("a changed approvers file", lambda h: unlock(place(h.archive, RUN) / APPROVERS).write_text("x\n"),
         f"{APPROVERS}: was changed since it was sealed"),
        ("approvers replaced inside the run", replace_approvers, none),
    ]
    here.allow(here.line(PERSON, "sam"))
    pristine = here.folder / "pristine"
    here.archive.rename(pristine)
    for name, tamper, words in cases:
        shutil.rmtree(here.archive, ignore_errors=True)
        shutil.copytree(pristine, here.archive)
        tamper(here)
        before = tree(here.archive)
        wrong = is_said(here.verify(), DIFFERENCE, f"{RUN}  DIFFERS", words)
        wrong += [] if tree(here.archive) == before else ["verify changed the archive"]
        tap.check(wrong, f"found: {name}")
    shutil.rmtree(here.archive)
    pristine.rename(here.archive)
    here.allow(here.line(PERSON, "sam", 'valid-before="20200101" '))
    year = here.approval().read_text().split("approved-at ")[1][:4]
    edit_run(here, lambda run: replace(run / "manifest", f"prepared-at {year}", "prepared-at 2019"))
    edit_approval(here, lambda t: t.replace(f"approved-at {year}", "approved-at 2019"))
    sign_anew(here, "sam")
    tap.check(is_said(here.verify(), DONE), "a key is judged at the time of the approval")


def without_approvers(tap, here):
    """Where nobody is named, anybody may approve, signed or not; until somebody is."""
    here.allow()
    here.seal()
    wrong = is_said(here.approve("zoe"), DONE)
    wrong += is_said(here.verify(), DONE, "its approval is signed, but no approvers")
    tap.check(wrong, "signed, without approvers: verifies, with a note")
    here.seal()
    wrong = is_said(here.approve(), DONE) + is_said(here.verify(path="/nowhere"), DONE)
    tap.check(wrong, "unsigned, without approvers: verifies, and needs no ssh-keygen")
    here.allow(here.line(PERSON, "sam"))
    tap.check(is_said(here.verify(), DIFFERENCE, "is not signed, although approvers"),
                 "unsigned, and approvers came later: differs")


def main():
    """All of them, one after the other: each leaves the archive to the next."""
    tap = Tap()
    with Folder() as folder:
        os.environ["TMPDIR"] = str(folder)
        here = Place(folder)
        for test in (giving, checking, tampering, without_approvers):
            test(tap, here)
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())
