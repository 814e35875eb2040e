"""The kinds of pollution, in the order of the table of tests/README.md: that of the imports.

They are those of the published benchmarks for CSV readers (separators more or fewer by row, quotes,
line ends, headers, preambles, several tables in a file, encodings), and what spreadsheets and
people do to files of payments.
"""

import lines  # isort: skip
import files  # isort: skip
import fields  # isort: skip
from kind import KINDS

__all__ = ["KINDS", "fields", "files", "lines"]
