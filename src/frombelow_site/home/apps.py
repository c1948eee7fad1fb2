from django.apps import AppConfig


class HomeConfig(AppConfig):
    name = "frombelow_site.home"

    def ready(self) -> None:
        from frombelow_site.subject import register

        from . import subject

        register(subject.SUBJECT)
