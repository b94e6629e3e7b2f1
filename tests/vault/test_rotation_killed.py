"""A rotation killed in the middle, in processes of its own, and started again."""

import subprocess
import sys

import pytest

MANY, KILLS = 2500, 3


def start(*arguments: str) -> subprocess.Popen:
    command = [sys.executable, "-m", "tests.vault.rotating_process", *arguments]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def run(*arguments: str) -> list[str]:
    process = start(*arguments)
    said, _nothing = process.communicate(timeout=120)
    assert process.returncode == 0
    return said.split()


@pytest.mark.slow
@pytest.mark.promise("P016")
def test_killed_again_and_again_it_loses_no_key_and_comes_to_an_end(tmp_path):
    file = str(tmp_path / "keys.sqlite3")
    run(file, "old", "make", str(MANY))
    run(file, "new,old", "renew")
    for _kill in range(KILLS):
        process = start(file, "new,old", "rotate")
        process.stdout.readline()
        process.kill()
        process.communicate()
        assert run(file, "new,old", "open") == [str(MANY)] * 2, "at any moment everything opens"
    left = sum(int(moved) for moved in run(file, "new,old", "rotate"))
    assert run(file, "new", "open") == [str(MANY)] * 2
    sys.stdout.write(f"{left} keys were left to move after {KILLS} kills\n")
