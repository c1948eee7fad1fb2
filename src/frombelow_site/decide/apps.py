from django.apps import AppConfig


class DecideConfig(AppConfig):
    name = "frombelow_site.decide"

    def ready(self) -> None:
        from frombelow_site.subject import register

        from . import projections, subject  # noqa: F401  they register themselves

        register(subject.SUBJECT)
