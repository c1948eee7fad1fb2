from django.apps import AppConfig


class BeginningConfig(AppConfig):
    name = "frombelow_site.beginning"

    def ready(self) -> None:
        from frombelow_site.subject import register

        from . import subject

        register(subject.SUBJECT)
