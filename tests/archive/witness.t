#!/usr/bin/env python3
"""Timestamps of an outside witness: who counts as one, when, and what verify makes of tampering.

The authorities are made for the test by `openssl`, which also reads what schemepay writes. Whoever
tampers here makes every SHA-256 right again, in manifest, approval and index, so that the timestamp
alone tells. TAP on standard output.
"""

import shutil
import subprocess
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "lib"))

from archives import place, replace, seal_again, seal_lines, sha256, tree, unlock  # noqa: E402  pylint: disable=C0413
from authority import Authority  # noqa: E402  pylint: disable=C0413
from suite import Tap, engine  # noqa: E402  pylint: disable=C0413
from tiny import TINY_RULES, Folder, write_inputs  # noqa: E402  pylint: disable=C0413

RUN = "2025-04/001"
DONE, DIFFERENCE, INPUT, NOT_ALLOWED, RULES = 0, 1, 65, 77, 78
SHORT_LIFE = 2  # seconds


class Place:
    """A folder with an approved run, and rules that may name authorities."""

    def __init__(self, folder):
        self.folder, self.archive, self.rules = folder, folder / "archive", folder / "rules"
        self.authorities = self.rules / "2025-26" / "timestamp-authorities.pem"
        shutil.copytree(TINY_RULES, self.rules)
        write_inputs(folder / "inputs")
        for line in ("month-end --month 2025-04 --inputs inputs --by Ann", f"approve {RUN} --by Sam --yes",
                     f"witness {RUN} --query query"):
            status, said = self.run(*line.split(), "--quiet")
            assert status == DONE, said
        shutil.copytree(self.archive, folder / "first")

    @property
    def kept(self):
        """Where the timestamp is, or would be."""
        return place(self.archive, RUN) / "timestamp"

    @property
    def query(self):
        """The query."""
        return (self.folder / "query").read_bytes()

    def run(self, *command):
        """Run a command: its exit status and all it says."""
        ran = engine(*command, "--archive", str(self.archive), "--rules", str(self.rules), cwd=self.folder)
        return ran.status, ran.said

    def begin(self, *certificates):
        """The archive without a timestamp, and rules that name these authorities, or none."""
        shutil.rmtree(self.archive)
        shutil.copytree(self.folder / "first", self.archive)
        self.name(*certificates)

    def name(self, *certificates):
        """Name these authorities in the rules, or none."""
        self.authorities.unlink(missing_ok=True)
        if certificates:
            self.authorities.write_bytes(b"".join(c if isinstance(c, bytes) else c.read_bytes()
                                                  for c in certificates))

    def keep(self, reply):
        """Keep a reply."""
        (self.folder / "reply").write_bytes(reply)
        return self.run("witness", RUN, "--reply", "reply", "--by", "Sam")

    def verify(self):
        """Verify the run."""
        return self.run("verify", RUN)

    def put(self, content):
        """Another timestamp in place of the one that was kept, with the index made right."""
        unlock(self.kept).write_bytes(content)
        seal_again(self.archive, RUN)


def is_said(got, status, *words):
    """Complaints where an answer has another status, or lacks a text."""
    wrong = [] if got[0] == status else [f"exit {got[0]}, not {status}: {got[1]}"]
    return wrong + [f"does not say {word!r}: {got[1]}" for word in words if word not in got[1]]


def is_refused(here, got, status, *words):
    """The same of a reply that must not have been kept."""
    left = tree(here.archive).keys() ^ tree(here.folder / "first").keys()
    return is_said(got, status, *words) + [f"is there: {path}" for path in left if path != ".lock"]


def asking(tap, here):
    """The query, as openssl reads it."""
    text = subprocess.run(["openssl", "ts", "-query", "-in", "query", "-text"], cwd=here.folder, check=True,
                          capture_output=True, text=True).stdout
    digest = sha256((place(here.archive, RUN) / "manifest").read_bytes())
    shown = "".join(line[11:].split("   ")[0] for line in text.splitlines() if line.startswith("    00"))
    tap.ok(shown.replace("-", "").replace(" ", "") == digest, "the query names the manifest's SHA-256", text)
    tap.check([word for word in ("Nonce: unspecified", "Certificate required: yes", "sha256") if word not in text],
              "it has no nonce, and asks for the certificate")
    before, first = tree(here.archive), here.query
    got = here.run("witness", RUN, "--query", "query")
    tap.ok(got[0] == DONE and here.query == first and tree(here.archive) == before,
           "the query is the same bytes each time, and the archive stays as it is", got[1])


def keeping(tap, here, good, other):
    """Whose replies are kept, and what of them."""
    reply = good.reply(here.query)
    here.begin(good.root)
    tap.check(is_said(here.keep(reply), DONE, "witnessed at", "CN=Hollin Time authority"), "a good reply is kept")
    tap.ok(here.kept.read_bytes() == reply and here.kept.stat().st_mode & 0o222 == 0,
           "it is the authority's bytes, and read-only")
    seen = subprocess.run(["openssl", "ts", "-verify", "-in", here.kept, "-data", here.kept.with_name("manifest"),
                           "-CAfile", good.root], check=False, capture_output=True)
    tap.ok(seen.returncode == 0, "openssl verifies it without schemepay", seen.stderr)
    tap.check(is_said(here.verify(), DONE, "note         witnessed at"), "verify says when and by whom")
    tap.ok("not checked" not in here.verify()[1], "and does not say that it is not checked")

    here.begin(other.root)
    tap.check(is_refused(here, here.keep(reply), INPUT, "by no authority that", "/place/rules/"),
              "by an authority that the rules do not name: nothing is kept")
    here.begin()
    got = is_said(here.keep(reply), DONE, "is not checked")
    here.name(other.root)
    tap.check(got + is_said(here.verify(), DIFFERENCE, "by no authority that"),
              "kept before there were authorities, it is a difference where they do not count it")
    here.name(good.root)
    tap.check(is_said(here.verify(), DONE, "witnessed at"), "and none where they do")
    here.begin(b"subject=/O=\"Hollin, as agreed\"\n", other.root, good.root)
    tap.check(is_said(here.keep(reply), DONE), "one of several authorities, with words between them")
    here.begin(good.folder / "authority.pem")
    tap.check(is_said(here.keep(reply), DONE), "the authority's own certificate in place of its root's")
    here.begin(good.root)
    bare = subprocess.run(["openssl", "ts", "-query", "-sha256", "-no_nonce", "-data",
                           here.kept.with_name("manifest")], check=True, capture_output=True).stdout
    tap.check(is_refused(here, here.keep(good.reply(bare)), INPUT, "does not hold the certificate"),
              "without its certificate: nothing is kept")
    longer = subprocess.run(["openssl", "ts", "-query", "-sha512", "-cert", "-data",
                             here.kept.with_name("manifest")], check=True, capture_output=True).stdout
    tap.check(is_refused(here, here.keep(good.reply(longer)), INPUT, "something else than the manifest"),
              "of another kind of hash: nothing is kept")
    for name, odd in (("empty", b""), ("cut short", reply[:-1]), ("with a byte more", reply + b"\0"),
                      ("the query itself", here.query), ("two megabytes", bytes(2 << 20))):
        tap.check(is_refused(here, here.keep(odd), INPUT, "is no reply to a timestamp query"), f"{name}: no reply")


def tampering(tap, here, good, other):
    """What is there in place of the timestamp that was kept."""
    reply = good.reply(here.query)
    here.begin(good.root)
    assert here.keep(reply)[0] == DONE
    shutil.copytree(here.archive, here.folder / "kept")

    def changed(name, change, *words):
        shutil.rmtree(here.archive)
        shutil.copytree(here.folder / "kept", here.archive)
        change()
        tap.check(is_said(here.verify(), DIFFERENCE, "    timestamp    ", *words), f"tampered: {name}")

    def flip(at):
        return reply[:at] + bytes([reply[at] ^ 1]) + reply[at + 1:]

    digest = bytes.fromhex(sha256(here.kept.with_name("manifest").read_bytes()))
    stamp_time = reply.index(b"Z", reply.index(digest) + len(digest)) - 1
    changed("another time", lambda: here.put(flip(stamp_time)), "is not signed by the certificate in it")
    changed("another signature", lambda: here.put(flip(len(reply) - 1)), "is not signed by the certificate")
    changed("another SHA-256", lambda: here.put(flip(reply.index(digest))), "something else than the manifest")
    changed("by another authority of that name", lambda: here.put(other.reply(here.query)), "by no authority that")
    changed("nothing in it", lambda: here.put(b""), "is no reply")
    changed("another one of the same authority, index and all as they were",
            lambda: unlock(here.kept).write_bytes(good.reply(here.query)), "is not the one that was kept")
    changed("gone", here.kept.unlink, "was kept, but is not there")
    changed("a folder in its place", lambda: (here.kept.unlink(), here.kept.mkdir()), "is not a regular file")

    def pay_more():
        replace(place(here.archive, RUN) / "outputs/payments.csv", ",pay", ",nil")
        seal_again(here.archive, RUN)

    changed("the run itself, all SHA-256s made right", pay_more, "something else than the manifest")

    def forget():
        here.kept.unlink()
        seal_again(here.archive, RUN)
        replace(here.archive / "index", "schemepay-index 2", "schemepay-index 1")
        seal_lines(here.archive / "index")

    shutil.rmtree(here.archive)
    shutil.copytree(here.folder / "kept", here.archive)
    forget()
    tap.check(is_said(here.verify(), DONE, "no outside witness"),
              "where timestamp and index say nothing of it any more, it is noted that there is none")


def times(tap, here, good, brief):
    """Certificates count as they were at the time of the stamp: brief was issued before all else."""
    early, late = brief
    here.begin(good.root)
    tap.check(is_said(here.keep(early), DONE), "a timestamp that was given while the certificate was good is kept")
    tap.check(is_said(here.verify(), DONE, "witnessed at"), "and it verifies after the certificate has run out")
    here.begin(good.root)
    tap.check(is_refused(here, here.keep(late), INPUT, "certificate has expired"),
              "one that was given after the certificate had run out is not")


def rules(tap, here, good):
    """The authorities' file among the rules."""
    here.begin(b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n")
    got = here.run("month-end", "--month", "2025-05", "--inputs", "inputs", "--by", "Ann")
    tap.check(is_said(got, RULES, "timestamp-authorities.pem: is no list of certificates"),
              "one that cannot be read is a fault of the rules")
    here.begin(good.root)
    got = here.run("month-end", "--month", "2025-05", "--inputs", "inputs", "--by", "Ann", "--quiet")
    sealed = place(here.archive, "2025-05/001") / "rules/2025-26/timestamp-authorities.pem"
    tap.check(is_said(got, DONE) + (["is warned about"] if "pem" in got[1] else []), "one that can is no warning")
    tap.ok(sealed.read_bytes() == good.root.read_bytes(), "and is sealed with the run")


def main():
    """Everything; the exit status."""
    tap = Tap()
    with Folder() as folder:
        for name in ("good", "other", "place"):
            (folder / name).mkdir()
        good, other = Authority(folder / "good"), Authority(folder / "other")
        here = Place(folder / "place")
        good.issue()
        other.issue()
        good.issue("brief", end=SHORT_LIFE)
        early, born = good.reply(here.query, "brief"), time.monotonic()
        asking(tap, here)
        keeping(tap, here, good, other)
        tampering(tap, here, good, other)
        rules(tap, here, good)
        time.sleep(max(0, SHORT_LIFE + 1 - (time.monotonic() - born)))
        times(tap, here, good, (early, good.reply(here.query, "brief")))
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())
