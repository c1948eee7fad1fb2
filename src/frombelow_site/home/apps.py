from django.apps import AppConfig


class HomeConfig(AppConfig):
    name = "frombelow_site.home"

    def ready(self) -> None:
        from frombelow_site.subject import register

        from . import digest, subject  # noqa: F401  the weekly letter registers itself

        register(subject.SUBJECT)
