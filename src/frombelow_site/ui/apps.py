from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "frombelow_site.ui"
    default_auto_field = "django.db.models.BigAutoField"
