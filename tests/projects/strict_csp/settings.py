"""The host with the scheme in it."""

from .. import cheap
from ..scheme import INSTALLED, NUMS_WAGTAIL, Q_CLUSTER  # noqa: F401
from .before import *  # noqa: F403
from .before import INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED, *INSTALLED_APPS]
NUMS_WAGTAIL = {**NUMS_WAGTAIL, **cheap.NUMS_WAGTAIL}
ROOT_URLCONF = "tests.projects.urls"
