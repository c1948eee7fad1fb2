from django.apps import AppConfig


class HomeConfig(AppConfig):
    name = "frombelow_site.home"
    default_auto_field = "django.db.models.BigAutoField"
