from django.apps import AppConfig


class CountsConfig(AppConfig):
    name = "frombelow_site.counts"

    def ready(self) -> None:
        from frombelow_site.subject import register

        from . import projections, subject  # noqa: F401  projections register themselves

        register(subject.SUBJECT)
