from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "frombelow_site.accounts"
    default_auto_field = "django.db.models.BigAutoField"
