"""A host with a strict policy of its own, and a base template full of what must never reach our quiet pages."""

from pathlib import Path

import django
from mysite.settings.dev import *  # noqa: F403
from mysite.settings.dev import INSTALLED_APPS, MIDDLEWARE, TEMPLATES

from ..cheap import DEBUG, EMAIL_BACKEND, PASSWORD_HASHERS, WAGTAIL_AUTOSAVE_INTERVAL, database  # noqa: F401

_policy = {
    "default-src": ["'self'"],
    "script-src": ["'self'", "https://analytics.hostile.example"],
    "img-src": ["'self'", "https://pixel.hostile.example"],
    "frame-src": ["https://chat.hostile.example"],
}
if django.VERSION >= (6, 0):
    MIDDLEWARE = ["django.middleware.csp.ContentSecurityPolicyMiddleware", *MIDDLEWARE]
    SECURE_CSP = _policy
else:
    INSTALLED_APPS = ["csp", *INSTALLED_APPS]
    MIDDLEWARE = ["csp.middleware.CSPMiddleware", *MIDDLEWARE]
    CONTENT_SECURITY_POLICY = {"DIRECTIVES": _policy}
_options = TEMPLATES[0]["OPTIONS"]
TEMPLATES = [
    {
        **TEMPLATES[0],
        "DIRS": [Path(__file__).parent / "templates", *TEMPLATES[0]["DIRS"]],
        "OPTIONS": {
            **_options,
            "context_processors": [
                *_options["context_processors"],
                "tests.projects.strict_csp.visitors.remember_the_visitor",
            ],
        },
    }
]
DATABASES = {"default": database()}
