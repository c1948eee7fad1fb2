from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "frombelow_site.accounts"

    def ready(self) -> None:
        from . import projections  # noqa: F401  registers with the door what acts change in these tables
