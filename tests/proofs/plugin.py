"""A pytest plugin: ``--promises FILE`` writes which promise which test proves, and what came of it in this run."""

from __future__ import annotations

from pathlib import Path

import pytest

#: Worst first: a test with several cases has proved something when none of them failed.
_ORDER = ("failed", "skipped", "passed")


class Results:
    """Outcome by test, without the cases of parametrised ones."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.found: dict[str, str] = {}

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.when != "call" and report.passed:
            return
        test = report.nodeid.partition("[")[0]
        self.found[test] = min(report.outcome, self.found.get(test, "passed"), key=_ORDER.index)

    def pytest_sessionfinish(self) -> None:
        from .reference import promises

        self.file.write_text(promises.page(self.found))


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--promises", metavar="FILE", help="Write promise, tests and results to FILE.")


def pytest_configure(config: pytest.Config) -> None:
    file = config.getoption("--promises")
    # Under xdist the workers report to the controller, which writes.
    if file and not hasattr(config, "workerinput"):
        config.pluginmanager.register(Results(Path(file)), "nums-promises")
