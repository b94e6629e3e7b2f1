"""The host with the scheme in it."""

from .. import cheap
from ..scheme import INSTALLED, NUMS_WAGTAIL, Q_CLUSTER  # noqa: F401
from .before import *  # noqa: F403
from .before import INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED, *INSTALLED_APPS]
NUMS_WAGTAIL = {**NUMS_WAGTAIL, **cheap.NUMS_WAGTAIL}
ROOT_URLCONF = "tests.projects.custom_user.urls"

#: Where this host put what others have at the root.
ADDRESSES = {
    "/admin/": "/office/",
    "/n/": "/en/services/care/",
    "/form/": "/en/pages/form/",
    "/updates/": "/en/pages/updates/",
    "/": "/en/pages/",
}
