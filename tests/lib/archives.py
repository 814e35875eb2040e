"""What the tests of archives share: where things are in one, and how it could be tampered with."""

import hashlib
import re
import zipfile


def place(archive, run):
    """Where a run is."""
    return archive / "2025-26" / run


def tree(folder):
    """Everything below a folder: kind, mode, time and SHA-256 by path."""
    found = {}
    for path in sorted([folder, *folder.rglob("*")]):
        status = path.lstat()
        digest = sha256(path.read_bytes()) if path.is_file() else ""
        found[str(path.relative_to(folder))] = status.st_mode, status.st_mtime_ns, digest
    return found


def unlock(path):
    """Make a sealed file one that can be written to, as whoever tampers with it must; return it."""
    path.chmod(path.stat().st_mode | 0o200)
    return path


def sha256(content):
    """The SHA-256 of bytes."""
    return hashlib.sha256(content).hexdigest()


def flip(path, at=None):
    """Change one bit of a file: in the middle, unless told where."""
    content = bytearray(path.read_bytes())
    content[len(content) // 2 if at is None else at] ^= 1
    unlock(path).write_bytes(content)


def replace(path, old, new):
    """Change a text in a file; it must be there."""
    text = path.read_text(encoding="utf-8")
    assert old in text, f"{path}: no {old!r}"
    unlock(path).write_text(text.replace(old, new), encoding="utf-8")


def repack(path, level):
    """Pack a workbook's parts at another level (0 to 9), as another zlib would."""
    with zipfile.ZipFile(path) as book:
        parts = [(name, book.read(name)) for name in book.namelist()]
    path.unlink()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=level) as book:
        for name, content in parts:
            book.writestr(name, content)


def seal_lines(path):
    """Make the last line, the SHA-256 of those before it, right again."""
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    assert lines[-1].startswith("digest ")
    unlock(path).write_text("".join(lines[:-1]) + f"digest {sha256(''.join(lines[:-1]).encode())}\n",
                            encoding="utf-8")


def reseal(run):
    """Make a manifest name the files as they are now; returns its SHA-256s, old and new."""
    path = run / "manifest"
    before = path.read_bytes()

    def now(match):
        content = (run / match[1]).read_bytes()
        return f"file {sha256(content)} {len(content)} {match[1]}"

    text = re.sub(r"(?m)^file [0-9a-f]{64} [0-9]+ (.*)$", now, before.decode())
    unlock(path).write_text(text, encoding="utf-8")
    if "\ndigest " in text:
        seal_lines(path)
    return sha256(before), sha256(path.read_bytes())


def seal_again(archive, name):
    """Make a run's manifest and approval, and the index, agree with what is there, as if sealed so;
    returns the SHA-256s of the manifest, old and new."""
    run, index = place(archive, name), archive / "index"
    before, manifest = reseal(run)
    approval, given = run / "approval", "-"
    if approval.exists():
        text = approval.read_text(encoding="utf-8")
        unlock(approval).write_text(re.sub("(?m)^manifest .*$", f"manifest {manifest}", text), encoding="utf-8")
        seal_lines(approval)
        given = sha256(approval.read_bytes())
    text = index.read_text(encoding="utf-8")
    timestamp = run / "timestamp"
    kept = f" {sha256(timestamp.read_bytes())}" if timestamp.exists() else ""
    line = f"run {name} {manifest} {given}{kept}"
    index.write_text(re.sub(f"(?m)^run {name} .*$", line, text), encoding="utf-8")
    seal_lines(index)
    return before, manifest
