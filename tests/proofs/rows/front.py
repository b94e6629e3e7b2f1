"""The front door: the way out and the charity's colour, for everybody."""

from ..matrix import Row, cells

ROWS = (
    Row("nums_wagtail:leave", cells("led"), kind="public"),
    Row("nums_wagtail:branding_css", cells("ok")),
)
