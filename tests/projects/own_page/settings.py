"""The host with the scheme in it, and the scheme's pages in an app of the host."""

from .. import cheap
from ..scheme import INSTALLED, NUMS_WAGTAIL, Q_CLUSTER  # noqa: F401
from .before import *  # noqa: F403
from .before import INSTALLED_APPS

INSTALLED_APPS = [
    *[app for app in INSTALLED if app != "nums_wagtail.pages"],
    "tests.projects.own_page.safety",
    *INSTALLED_APPS,
]
NUMS_WAGTAIL = {**NUMS_WAGTAIL, **cheap.NUMS_WAGTAIL}
ROOT_URLCONF = "tests.projects.own_page.urls"
MAKE_PAGES = "tests.projects.own_page.editors.make_pages"
