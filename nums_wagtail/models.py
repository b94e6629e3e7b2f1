"""Gathers the tables of every room under one app label; holds none itself."""

from .alerts.models import *  # noqa: F403
from .bulletins.models import *  # noqa: F403
from .casework.models import *  # noqa: F403
from .foundation.models import *  # noqa: F403
from .mailing.models import *  # noqa: F403
from .members.models import *  # noqa: F403
from .regions.models import *  # noqa: F403
from .reports.models import *  # noqa: F403
