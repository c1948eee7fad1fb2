from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "frombelow_site.ui"

    def ready(self) -> None:
        from frombelow_site.subject import register

        from . import subject

        register(subject.SUBJECT)
