"""The same site with the blocks of ``docs/installing.md`` at the end of its settings and addresses, word for word."""

from mysite.settings.with_scheme import *  # noqa: F403
from mysite.settings.with_scheme import NUMS_WAGTAIL

from .. import cheap
from ..cheap import DEBUG, EMAIL_BACKEND, PASSWORD_HASHERS, WAGTAIL_AUTOSAVE_INTERVAL, database  # noqa: F401

ROOT_URLCONF = "mysite.urls_with_scheme"
DATABASES = {"default": database()}
NUMS_WAGTAIL = {**NUMS_WAGTAIL, **cheap.NUMS_WAGTAIL}
