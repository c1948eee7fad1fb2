from django.apps import AppConfig


class RollConfig(AppConfig):
    name = "frombelow_site.roll"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from . import projections  # noqa: F401  registers with the door what acts change in these tables
