#!/usr/bin/env python3
"""The oracle's own tests, as TAP."""

import sys
import unittest

import trials  # where the others are
import test_clauses
import test_oracle
import test_random
import test_rules
import test_spans
import test_vectors

from suite import Tap


class Result(unittest.TestResult):
    """Prints each test as a test point."""

    def __init__(self, tap):
        super().__init__()
        self.tap = tap
        self.problems = []

    def startTest(self, test):
        super().startTest(test)
        self.problems = []

    def addError(self, test, err):
        super().addError(test, err)
        self.problems.append(self.errors[-1][1])

    def addFailure(self, test, err):
        super().addFailure(test, err)
        self.problems.append(self.failures[-1][1])

    def addSubTest(self, test, subtest, err):
        super().addSubTest(test, subtest, err)
        if err is not None:
            self.problems.append(f"{subtest}: {err[1]}")

    def stopTest(self, test):
        super().stopTest(test)
        self.tap.check(self.problems, f"the oracle: {test.id().split('.')[-1]}")


def main():
    """Run them all."""
    tap = Tap()
    for module in (
        test_oracle, test_vectors, test_spans, test_clauses, test_rules, test_random,
    ):
        unittest.defaultTestLoader.loadTestsFromModule(module).run(Result(tap))
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())
