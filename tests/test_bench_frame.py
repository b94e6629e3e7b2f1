"""The frame of the benchmarks: no figure without its work, none measured twice, every line with its keys."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from tests.bench.__main__ import main
from tests.bench.figures import all_benchmarks
from tests.bench.frame import Size
from tests.bench.results import ROOT
from tests.bench.runner import Runner
from tests.bench.samples import BENCHMARKS

SAMPLES = {benchmark.name: benchmark for benchmark in BENCHMARKS}


def run(folder: Path, *names: str, full: bool = False, again: bool = False) -> tuple[bool, list[dict]]:
    out = io.StringIO()
    whole = Runner(folder, out=out, again=again).run([SAMPLES[name] for name in names], full=full)
    return whole, [json.loads(line) for line in out.getvalue().splitlines()]


def test_a_figure_says_what_it_is_beside_what_and_of_which_code(tmp_path):
    whole, [figure] = run(tmp_path, "working")
    assert whole
    expected = {"name": "working", "value": 2.0, "unit": "s", "against": 1.0, "ratio": 2.0, "size": "3"}
    assert expected.items() <= figure.items()
    assert figure["queries"] == 0
    assert figure["files"] == 3
    assert figure["ratios"] == [2.0, 2.0, 2.0]
    assert figure["commit"]
    assert "Django" in figure["versions"]


@pytest.mark.parametrize(
    ("name", "words"), [("pretending", "2 of 3 files are there"), ("failing", "the disk is gone")]
)
def test_a_figure_is_refused_when_the_work_was_not_done(tmp_path, name, words):
    whole, [line] = run(tmp_path, name)
    assert not whole
    assert words in line["error"]
    assert "value" not in line
    assert not list(tmp_path.glob("*.json"))


def test_a_refused_figure_stops_no_other(tmp_path):
    whole, lines = run(tmp_path, "pretending", "working")
    assert not whole
    assert ["error" in line for line in lines] == [True, False]


@pytest.mark.slow
def test_a_run_that_was_cut_off_goes_on_where_it_was(tmp_path):
    _whole, [first] = run(tmp_path, "working")
    kept = next(tmp_path.glob("*.json"))
    kept.write_text(json.dumps({**first, "value": 7.0}))
    whole, lines = run(tmp_path, "working", full=True)
    assert whole
    assert [(line["size"], line["value"]) for line in lines] == [("3", 7.0), ("5", 2.0)]
    _whole, [anew] = run(tmp_path, "working", again=True)
    assert anew["value"] == 2.0


def test_a_figure_of_other_code_is_measured_anew(tmp_path):
    _whole, [first] = run(tmp_path, "working")
    next(tmp_path.glob("*.json")).write_text(json.dumps({**first, "commit": "another", "value": 7.0}))
    _whole, [anew] = run(tmp_path, "working")
    assert anew["value"] == 2.0


def test_the_first_size_is_the_smallest_and_says_so_in_the_list(capsys):
    assert main(["--list"]) == 0
    listed = capsys.readouterr().out.splitlines()
    for benchmark, line in zip(all_benchmarks(), listed, strict=True):
        assert line.startswith(f"{benchmark.name}: {benchmark.sizes[0]}")
        assert benchmark.sizes[0].count == min(size.count for size in benchmark.sizes)


def test_no_figure_is_asked_for_by_a_name_that_is_none(capsys):
    with pytest.raises(SystemExit) as ended:
        main(["--only", "no-such-figure"])
    assert ended.value.code == 2
    assert "no-such-figure" in capsys.readouterr().err


def test_how_much_and_by_how_many_stands_in_a_word():
    assert str(Size(2_000)) == "2000"
    assert str(Size(10_000, workers=2)) == "10000x2"


def test_figures_are_kept_where_git_does_not_look():
    assert "var/" in (ROOT / ".gitignore").read_text().split()
