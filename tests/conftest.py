"""What every test shares: property tests that give the same answer twice in CI, and no clock in them anywhere."""

import os

from hypothesis import settings

pytest_plugins = ["tests.proofs.plugin"]

settings.register_profile("desk", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "desk")
