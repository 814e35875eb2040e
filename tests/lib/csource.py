"""C sources as tokens, and as what they declare, define and call; enough of C for this project."""

import re
from functools import lru_cache
from typing import NamedTuple

_TOKEN = re.compile(
    r"""/\*.*?\*/|//[^\n]*|\#(?:\\\n|[^\n])*"""
    r"""|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|\w+|->|\s+|.""",
    re.S,
)
_NAME = re.compile(r"[A-Za-z_]\w*")
_ATTRIBUTE = re.compile("G_GNUC_|__attribute__")
_ALONE = re.compile("[A-Z][A-Z0-9_]*$|_Static_assert")  # macros that stand alone
_MACRO = re.compile(r"^#define (\w+)\(([^)]*)\)((?:\\\n|[^\n])*)", re.M)


def tokens(text):
    """The tokens of a C source without comments, blanks and preprocessor lines."""
    for match in _TOKEN.finditer(text):
        token = match[0]
        if not token.isspace() and not token.startswith(("/*", "//", "#")):
            yield token


class Item(NamedTuple):
    """A declaration or definition of a file: what stands before its body, and the body's tokens."""

    head: list
    body: list  # None: it has none

    @property
    def name(self):
        """The function it is of; else the variable; None for a type or a macro."""
        is_type = self.head[0] in ("struct", "enum", "union") and "(" not in self.head
        if is_type or "typedef" in self.head:
            return None
        for word, following in zip(self.head, self.head[1:]):
            if following in ("(", "[", "=", ";") and _NAME.fullmatch(word) and \
                    not _ATTRIBUTE.match(word):
                return word
        return None

    @property
    def is_function(self):
        """Whether it defines one."""
        return self.body is not None

    @property
    def is_static(self):
        """Whether other files do not see it."""
        return "static" in self.head


def _closing(found, at):
    """Where the bracket that opens at a place is closed; any other token closes itself."""
    depth = 0
    for place in range(at, len(found)):
        depth += found[place] in "([{"
        depth -= found[place] in ")]}"
        if depth == 0:
            return place
    return len(found) - 1


def _expanded(text, name, arguments):
    """What a macro of a file stands for, with the tokens of its arguments; "" for others' macros."""
    given = [argument.strip() for argument in " ".join(arguments).split(",")]
    for macro, names, body in _MACRO.findall(text):
        if macro == name:
            values = dict(zip((each.strip() for each in names.split(",")), given))
            body = re.sub(r"\w+", lambda word: values.get(word[0], word[0]), body.replace("\\\n", "\n"))
            return re.sub(r"\s*##\s*", "", body)
    return ""


@lru_cache(maxsize=None)
def items(text):
    """What a file declares and defines, in its order; types and initialisers lose their braces."""
    found, head, at, result = list(tokens(text)), [], 0, []
    while at < len(found):
        end = _closing(found, at)
        if found[at] == "(" and len(head) == 1 and _ALONE.match(head[0]):
            result += items(_expanded(text, head[0], found[at + 1 : end]))
            head = []
            end += found[end + 1 : end + 2] == [";"]
        elif found[at] == "{" and "(" in head and "=" not in head:
            result.append(Item(head, found[at : end + 1]))
            head = []
        elif found[at] == ";":
            result.append(Item([*head, ";"], None))
            head = []
        elif found[at] != "{":
            head += found[at : end + 1]
        at = end + 1
    return result


def calls(body):
    """The names that a function's body calls, but those of fields."""
    return {name for before, name, after in zip(body, body[1:], body[2:])
            if after == "(" and _NAME.fullmatch(name) and before not in (".", "->")}
