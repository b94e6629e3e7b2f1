"""What a service can be for. Codes are stored for years: add, reword, but never rename one."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ServiceKind(TextChoices):
    """In the order in which somebody who was just hurt needs them."""

    HOSPITAL = "hospital", _("Emergency care in a hospital")
    ASSAULT_CENTRE = "assault_centre", _("Examination and care after an assault")
    SEXUAL_HEALTH = "sexual_health", _("PEP and sexual health")
    CONTRACEPTION = "contraception", _("Emergency contraception")
    HELPLINE = "helpline", _("Helpline")
    ADVISER = "adviser", _("Adviser who stands beside you")
    COUNSELLING = "counselling", _("Counselling")
    HOUSING = "housing", _("Housing and a safe place")
    LEGAL = "legal", _("Legal advice")
    TRANSLATION = "translation", _("Interpreting and translation")
    OUTREACH = "outreach", _("Outreach and drop-in")
    NEEDLE_EXCHANGE = "needle_exchange", _("Needle exchange")
    YOUNG_PEOPLE = "young_people", _("Children and young people")
    OTHER = "other", _("Something else")
