"""The wheel that was built is what runs, and nothing of the source stayed behind."""

from __future__ import annotations

import os
from pathlib import Path
from zipfile import ZipFile

import nums_wagtail

SOURCE = Path(os.environ["NUMS_SOURCE"])


def test_every_file_of_the_source_is_in_the_wheel():
    source = {
        str(file.relative_to(SOURCE))
        for file in (SOURCE / "nums_wagtail").rglob("*")
        if file.is_file() and "__pycache__" not in file.parts
    }
    with ZipFile(os.environ["NUMS_WHEEL"]) as wheel:
        packed = {name for name in wheel.namelist() if ".dist-info/" not in name}
    assert source - packed == set()
    assert packed - source == set(), "nothing but the package: no tests, no example site"
    assert {Path(name).suffix for name in packed} >= {".py", ".html", ".css", ".js", ".svg", ".txt"}


def test_what_runs_is_the_wheel_and_not_the_source():
    folder = Path(nums_wagtail.__file__).parent
    assert "site-packages" in folder.parts
    assert not (Path.cwd() / "nums_wagtail").exists()
