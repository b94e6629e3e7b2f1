"""What a host adds to its settings for the scheme; the plain host has it from ``docs/installing.md`` itself."""

import os

INSTALLED = [
    "nums_wagtail",
    "nums_wagtail.vault",
    "nums_wagtail.pages",
    "wagtail_modeladmin",
    "django_q",
    "wagtail.contrib.routable_page",
    "wagtail.contrib.settings",
]
NUMS_WAGTAIL = {
    "COUNTRY": "gb",
    "BASE_URL": "https://www.example.org",
    "MAIL_DOMAIN": "mail.example.org",
    "SITE_KEYS": os.environ["NUMS_SITE_KEYS"].split(),
}
Q_CLUSTER = {
    "name": "scheme",
    "orm": "default",
    "workers": 1,
    "timeout": 600,
    "retry": 900,
    "max_attempts": 5,
    "ack_failures": True,
    "save_limit": 50,
    "catch_up": False,
}
