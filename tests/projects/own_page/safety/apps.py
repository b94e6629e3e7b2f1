from django.apps import AppConfig


class SafetyConfig(AppConfig):
    name = "tests.projects.own_page.safety"
    label = "safety"
    default_auto_field = "django.db.models.BigAutoField"
