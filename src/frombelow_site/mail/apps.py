from django.apps import AppConfig


class MailConfig(AppConfig):
    name = "frombelow_site.mail"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from frombelow_site.subject import register

        from . import collecting, forgetting, subject  # noqa: F401  tasks register themselves

        register(subject.SUBJECT)
