"""The command line: ``python -m tests.bench [--full] [--only NAME …] [--again] [--list]``. A line of JSON a figure."""

from __future__ import annotations

import argparse
import sys

from .figures import all_benchmarks
from .results import ROOT
from .runner import Runner


def main(arguments: list[str] | None = None) -> int:
    known = {benchmark.name: benchmark for benchmark in all_benchmarks()}
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--full", action="store_true", help="every size, not the smallest alone")
    parser.add_argument("--only", nargs="+", metavar="NAME", choices=sorted(known), help="these benchmarks")
    parser.add_argument("--again", action="store_true", help="measure what was measured for this code before")
    parser.add_argument("--list", action="store_true", help="say what there is, and measure nothing")
    options = parser.parse_args(arguments)
    chosen = [known[name] for name in options.only or known]
    if options.list:
        for benchmark in chosen:
            sizes = ", ".join(map(str, benchmark.sizes))
            sys.stdout.write(f"{benchmark.name}: {sizes}; against {benchmark.baseline}\n")
        return 0
    # Three rounds of everything take longer than anybody waits for a first look.
    once = not options.full and not options.only
    runner = Runner(ROOT / "var" / "bench", again=options.again, once=once)
    return 0 if runner.run(chosen, full=options.full) else 1


if __name__ == "__main__":
    sys.exit(main())
