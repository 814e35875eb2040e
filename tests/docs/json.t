#!/usr/bin/env python3
"""What --json prints is what engine/report/json.schema.json says.

The golden cases with --json are held to it, each to the part of its command: no member may be
missing, none may be there that the schema does not name, and each that it names is in some case.
"""

import copy
import json
import re
import sys
from pathlib import Path

import jsonschema

for folder in ("lib", "golden"):
    sys.path.insert(0, str(Path(__file__).resolve().parents[1] / folder))

from golden import all_cases  # noqa: E402  pylint: disable=wrong-import-position
from suite import ROOT, Tap  # noqa: E402  pylint: disable=wrong-import-position

SCHEMA = ROOT / "engine" / "report" / "json.schema.json"
# What stands in the cases for what changes from run to run.
STAND_INS = {"{time}": "2025-10-03T09:14:07Z", "{sha256}": "0" * 64, "{version}": "1.0"}


def printed(case):
    """What a case's last command prints as JSON; None where it does not."""
    text = case.content("stdout").decode("utf-8") if "stdout" in case.sections else ""
    if "--json" not in case.commands[-1] or not text.startswith("{"):
        return None
    for mark, stand_in in STAND_INS.items():
        text = text.replace(mark, stand_in)
    return json.loads(text)


def part_of(case, said):
    """The part of the schema for what a case prints."""
    if "refused" in said:
        return "refused"
    command = case.commands[-1][0].replace("year-end", "month-end")
    return "same" if said.get("is_sealed_now") is False else f"command-{command}"


def closed(schema):
    """A copy of a schema in which no object has members that are not named."""
    schema = copy.deepcopy(schema)
    ahead = [schema]
    while ahead:
        at = ahead.pop()
        if isinstance(at, dict):
            if "properties" in at:
                at["additionalProperties"] = False
            ahead += at.values()
        elif isinstance(at, list):
            ahead += at
    return schema


def problems_of(schema, part, said):
    """Where an object is not what a part of the schema says."""
    validator = jsonschema.Draft202012Validator({**schema, "anyOf": [{"$ref": f"#/$defs/{part}"}]})
    found = [deepest for error in validator.iter_errors(said) for deepest in error.context or [error]]
    return [f"{'/'.join(map(str, error.absolute_path))}: {error.message}"[:300] for error in found]


def note_members(schema, at, said, met):
    """Note by (place in the schema, member) what an object has."""
    name = at.get("$ref", "").rpartition("/")[2]
    at = schema["$defs"][name] if name else at
    if isinstance(said, dict):
        for key, value in said.items():
            met.add((id(at["properties"]), key))
            note_members(schema, at["properties"][key], value, met)
    elif isinstance(said, list) and "items" in at:
        for value in said:
            note_members(schema, at["items"], value, met)


def all_members(at, path=()):
    """Every member that a schema names: (place, key, path)."""
    if isinstance(at, dict):
        for key in at.get("properties", {}):
            yield id(at["properties"]), key, "/".join((*path, key))
        for key, value in at.items():
            yield from all_members(value, (*path, key))


def test_planted(tap, schema, part, said):
    """A member too many, one too few and one of another kind are seen."""
    for name, change in (("more", {"surprise": 1}), ("fewer", {"runs": None}), ("format", {"format": 2})):
        changed = {key: value for key, value in {**said, **change}.items() if value is not None}
        tap.ok(problems_of(schema, part, changed), f"what is planted is seen: {name}")


def main():
    """Test every case; the exit status."""
    tap, met, last = Tap(), set(), {}
    schema = closed(json.loads(SCHEMA.read_text(encoding="utf-8")))
    jsonschema.Draft202012Validator.check_schema(schema)
    for case in all_cases():
        said = printed(case)
        if said is None:
            continue
        part = part_of(case, said)
        problems = problems_of(schema, part, said)
        tap.check(problems, f"{case.name}: {part}")
        if not problems:
            note_members(schema, schema["$defs"][part], said, met)
            last[part] = said
    parts = {name for name in schema["$defs"] if re.match("command-|same|refused", name)}
    tap.check(sorted(parts ^ last.keys()), "each command's part is met")
    tap.check([path for place, key, path in all_members(schema) if (place, key) not in met],
              "each member is met")
    test_planted(tap, schema, "command-verify", last["command-verify"])
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())
