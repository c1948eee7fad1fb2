from django.apps import AppConfig


class MailConfig(AppConfig):
    name = "frombelow_site.mail"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from frombelow_site.subject import register

        from . import forgetting, subject  # noqa: F401  what is forgotten registers itself

        register(subject.SUBJECT)
