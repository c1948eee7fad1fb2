from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "frombelow_site.accounts"
