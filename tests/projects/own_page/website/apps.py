from django.apps import AppConfig


class WebsiteConfig(AppConfig):
    name = "tests.projects.own_page.website"
    label = "website"
    default_auto_field = "django.db.models.BigAutoField"
