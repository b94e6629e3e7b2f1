"""What ``make demo`` runs: SQLite, a folder of mails, keys derived from a throw-away secret."""

from .base import *  # noqa: F403 - settings are layered so
from .base import NUMS_WAGTAIL, VAR_DIR

DEBUG = True
SECRET_KEY = "demo-only-never-use-this-anywhere-else"  # noqa: S105 - known to everybody, for invented content
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
EMAIL_BACKEND = "example_site.mail_folder.EmailBackend"
EMAIL_FILE_PATH = VAR_DIR / "outbox"
NUMS_WAGTAIL = {
    **NUMS_WAGTAIL,
    "MAILS_PER_HOUR": None,
    "UNDO_SECONDS": 5,
    "UNDO_SECONDS_EMERGENCY": 5,
}
EXAMPLE_OUTBOX = True
WAGTAIL_AUTOSAVE_INTERVAL = 0
