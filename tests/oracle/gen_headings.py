"""Files of somebody else's among random inputs: other headings, numbers in place of a header,
constants, dates as others publish them, and rows that are not ours."""

from datetime import date

from gen_inputs import month_first
from gen_spelling import COMMAS_ALONE, Layout, Month, random_style, write_table

HEADINGS = ("file", "kind", "column", "heading", "constant", "only")
FILTER = "Level of row"
OURS, OTHERS = ("Ours", "mine", "A, B"), ("Theirs", "", "Our", "n/a")


class Mapped:
    """A kind of file as somebody else has it: its bytes by path, and its rows of headings.csv."""

    def __init__(self, rng, kind, columns, rows):
        self.rng, self.kind = rng, kind
        self.file = rng.choice(["ext", "their ", "national/", f"{kind}-"]) + kind[:3]
        self.constants = {}
        self.is_filtered = rng.random() < 0.6
        self._choose_constants(columns, rows)
        read = [column for column in columns if column.name not in self.constants]
        own = [column.name for column in read]
        if rng.random() < 0.3:
            rng.shuffle(own)  # the names of other columns of ours
        else:
            own = [f"{rng.choice(['EXT_', 'Their ', 'x-'])}{name}" for name in own]
        self.names = {column.name: name for column, name in zip(read, own)}
        self.required = {self.names[column.name] for column in read if column.required} | {FILTER}
        self.rows = [row if row == COMMAS_ALONE else self._renamed(row) for row in rows]
        if self.is_filtered:
            self._add_others()

    def _choose_constants(self, columns, rows):
        """What is the same in every row may be left out of the file."""
        filled = [row for row in rows if row != COMMAS_ALONE]
        for column in columns:
            values = {str(row.get(column.name) or "") for row in filled}
            value = next(iter(values)) if len(values) == 1 else ""
            is_plain = value.isalnum() and value.isascii() and len(value) < 20
            is_text = all(isinstance(row.get(column.name), str) for row in filled)
            if is_plain and is_text and column.kind in ("key", "text", "code"):
                if self.rng.random() < 0.7:
                    self.constants[column.name] = value

    def _renamed(self, row):
        found = {self.names[name]: self._published(value)
                 for name, value in row.items() if name in self.names}
        return {**found, FILTER: self.rng.choice(OURS)} if self.is_filtered else found

    def _published(self, value):
        """A day or a month, often in a way that only others write it."""
        if self.rng.random() < 0.6 or not isinstance(value, (date, Month)):
            return value
        day = month_first(value.index) if isinstance(value, Month) else value
        if self.rng.random() < 0.5:
            return f"{day.year:04d}{day.month:02d}{day.day:02d}"
        return self.rng.choice([str, str.upper])(f"{day:%d%b}{day.year:04d}")

    def _add_others(self):
        """Rows that are not ours: copies of others, and nonsense."""
        for _ in range(self.rng.randint(0, 4)):
            row = self.rng.choice([row for row in self.rows if row != COMMAS_ALONE])
            other = {name: self.rng.choice([value, "n/a", ""]) for name, value in row.items()
                     if not isinstance(value, str) or not set(value) & set("\r\n")}
            other[FILTER] = self.rng.choice(OTHERS)
            other[next(iter(self.names.values()))] = "not ours"
            self.rows.insert(self.rng.randint(0, len(self.rows)), other)

    def write(self):
        """The bytes by path, and the rows of headings.csv."""
        rng, style = self.rng, random_style(self.rng)
        names = [*self.names.values(), *([FILTER] if self.is_filtered else [])]
        required = self.required & set(names)
        has_header = rng.random() < 0.6
        if not has_header:
            style.short_rows = 0
        layout = Layout(rng, names, required, self.rows, style)
        content = write_table(rng, names, required, self.rows, style, layout, has_header)
        called = {name: name for name in names}
        if not has_header:
            called = {name: f"#{place}" for place, (kind, name) in enumerate(layout.columns, 1)
                      if kind == "known"}
        return {f"{self.file}-2025.csv": content}, self._headings(called)

    def _headings(self, called):
        begin = {"file": self.file, "kind": self.kind}
        rows = [{**begin, "column": name, "constant": value}
                for name, value in self.constants.items()]
        rows += [{**begin, "column": name, "heading": called[heading]}
                 for name, heading in self.names.items() if heading in called]
        if self.is_filtered:
            only = self.rng.choice(["|", " | "]).join(self.rng.sample(OURS, len(OURS)))
            rows.append({**begin, "heading": called[FILTER], "only": only})
        self.rng.shuffle(rows)
        return rows


def add_headings(rng, kinds, inputs, rules):
    """Put one or two kinds of file into other people's form, and headings.csv among the rules.

    kinds: the columns and the rows of each kind that has rows.
    """
    found = []
    for kind in rng.sample(sorted(kinds), min(len(kinds), rng.choice([1, 1, 2]))):
        for name in [name for name in inputs if name.startswith(kind)]:
            del inputs[name]
        files, rows = Mapped(rng, kind, *kinds[kind]).write()
        inputs.update(files)
        found += rows
    rules["headings.csv"] = write_table(
        rng, HEADINGS, {"file", "kind"}, found, random_style(rng))
