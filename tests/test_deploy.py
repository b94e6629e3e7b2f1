"""The example's production settings, a starting point for others: nobody has anything to say of them."""

import base64
import os
import secrets
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
#: Everything that production takes from its environment, as an operator would set it.
ENVIRONMENT = {
    "DJANGO_SETTINGS_MODULE": "example_site.settings.production",
    "SECRET_KEY": secrets.token_urlsafe(50),
    "ALLOWED_HOSTS": "www.example.org",
    "BASE_URL": "https://www.example.org",
    "NUMS_SITE_KEYS": "k1:" + base64.b64encode(secrets.token_bytes(32)).decode(),
}


#: Every warning is an error, but that EMAIL_ settings become MAILERS from Django 6.1 on: 5.2 knows only them.
WARNINGS = ("-W", "error", "-W", "ignore:The EMAIL_")


def check_deploy(tmp_path: Path, **changes: str) -> subprocess.CompletedProcess[str]:
    """``check --deploy`` in a process that knows nothing of this one but where Python is."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LD_LIBRARY_PATH") if name in os.environ}
    return subprocess.run(
        [sys.executable, *WARNINGS, "-m", "django", "check", "--deploy", "--fail-level", "DEBUG"],
        cwd=ROOT,
        env={**kept, **ENVIRONMENT, "EXAMPLE_VAR": str(tmp_path), **changes},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.slow
def test_the_production_settings_raise_no_warning_of_anybody(tmp_path):
    done = check_deploy(tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert "no issues (0 silenced)" in done.stdout


@pytest.mark.slow
@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"NUMS_SITE_KEYS": ""}, "nums_wagtail.E010"),
        ({"SECRET_KEY": "short"}, "security.W009"),
        ({"BASE_URL": "http://127.0.0.1:8000"}, "nums_wagtail."),
    ],
)
def test_an_environment_that_lacks_something_is_told_so(tmp_path, changes, said):
    done = check_deploy(tmp_path, **changes)
    assert done.returncode != 0
    assert said in done.stderr
