"""Settings of the cluster on the road: the test's own PostgreSQL database, its Redis and its mail server."""

import os

from tests.settings import *  # noqa: F403
from tests.settings import Q_CLUSTER

Q_CLUSTER = {name: value for name, value in Q_CLUSTER.items() if name != "orm"}
Q_CLUSTER["redis"] = os.environ["ROAD_REDIS"]
EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST = "127.0.0.1"
EMAIL_PORT = int(os.environ["ROAD_SMTP_PORT"])
EMAIL_TIMEOUT = 5
