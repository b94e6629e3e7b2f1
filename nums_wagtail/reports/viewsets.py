"""The Wagtail admin of the reports room: what the charity says about help that cannot wait."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, HelpPanel, ObjectList
from wagtail.admin.ui.tables import Column
from wagtail.snippets.views import snippets

from nums_wagtail.foundation.permission_policy import RightsPolicy, register_policy

from .languages import ENGLISH, offered, own_name
from .models import HelpText

MANAGERS = ("manage_scheme",)

HELP_TEXT_POLICY = register_policy(
    RightsPolicy(HelpText, {action: MANAGERS for action in ("view", "add", "change", "delete")})
)


class HelpTextForm(WagtailAdminModelForm):
    """One text, in one of the languages in which reporters read."""

    language = forms.ChoiceField(label=_("Language"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        codes = dict.fromkeys((*offered(), *([self.instance.language] if self.instance.pk else [])))
        self.fields["language"].choices = [(code, own_name(code)) for code in codes]
        if self.instance.pk is None:
            base = settings.LANGUAGE_CODE.split("-")[0]
            self.initial["language"] = base if base in codes else ENGLISH


class HelpTextViewSet(snippets.SnippetViewSet):
    """Own words in place of the usual ones; deleting them brings the usual ones back."""

    model = HelpText
    permission_policy = HELP_TEXT_POLICY
    icon = "help"
    menu_label = _("Help texts")
    menu_name = "nums-help-texts"
    add_to_settings_menu = True
    admin_url_namespace = "nums_help_texts"
    base_url_path = "nums/help-texts"
    copy_view_enabled = False
    inspect_view_enabled = False
    add_to_reference_index = False
    list_display = [
        "get_topic_display",
        Column("language", label=_("Language"), accessor=lambda text: own_name(text.language)),
    ]
    search_fields = ["text"]
    search_backend_name = None
    edit_handler = ObjectList(
        [
            HelpPanel(
                heading=_("The usual words"),
                template="nums_wagtail/reports/usual_words.html",
                classname="collapsed",
            ),
            FieldPanel("topic"),
            FieldPanel("language"),
            FieldPanel("text"),
        ],
        base_form_class=HelpTextForm,
    )

    def get_permissions_to_register(self) -> QuerySet[Permission]:
        return Permission.objects.none()

    def register_chooser_viewset(self) -> None:
        """No chooser: nothing points at a text."""
