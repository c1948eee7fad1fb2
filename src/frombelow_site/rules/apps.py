from django.apps import AppConfig


class RulesConfig(AppConfig):
    name = "frombelow_site.rules"
    default_auto_field = "django.db.models.BigAutoField"
