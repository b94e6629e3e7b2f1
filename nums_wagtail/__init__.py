"""An ugly mugs scheme for a Wagtail site: reports, moderation, alerts by region, bulletins."""

__version__ = "0.1.0.dev0"
