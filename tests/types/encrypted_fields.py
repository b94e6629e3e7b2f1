"""Teaches django-stubs' plugin that an encrypted field is set by its own name: ``Letter(to=…)``.

The plugin takes a model's keywords from ``attname``, which for such a field is what is stored
(``to_sealed``). Used by mypy alone (``pyproject.toml``); nothing else lives here.
"""

from __future__ import annotations

from django.db.models import Model
from mypy.checker import TypeChecker
from mypy.options import Options
from mypy.types import Type
from mypy_django_plugin.django.context import DjangoContext
from mypy_django_plugin.main import NewSemanalDjangoPlugin


class Context(DjangoContext):
    def get_expected_types(self, api: TypeChecker, model_cls: type[Model], *, method: str) -> dict[str, Type]:
        from nums_wagtail.vault.encrypted import EncryptedField

        expected = super().get_expected_types(api, model_cls, method=method)
        for field in model_cls._meta.get_fields():
            if isinstance(field, EncryptedField):
                expected.pop(field.attname, None)
                expected[field.name] = self.get_field_set_type(api, field, method=method)
        return expected


class Plugin(NewSemanalDjangoPlugin):
    def __init__(self, options: Options) -> None:
        super().__init__(options)
        self.django_context = Context(self.plugin_config.django_settings_module)


def plugin(version: str) -> type[Plugin]:
    return Plugin
