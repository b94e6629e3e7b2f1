"""The host with the scheme in it, its data keys in the second database."""

from .. import cheap
from ..scheme import INSTALLED, NUMS_WAGTAIL, Q_CLUSTER  # noqa: F401
from .before import *  # noqa: F403
from .before import INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED, *INSTALLED_APPS]
NUMS_WAGTAIL = {**NUMS_WAGTAIL, **cheap.NUMS_WAGTAIL, "KEYS_DATABASE": "keys"}
DATABASE_ROUTERS = ["nums_wagtail.vault.router.KeysRouter"]
ROOT_URLCONF = "tests.projects.urls"
