from django.apps import AppConfig


class DrawsConfig(AppConfig):
    name = "frombelow_site.draws"

    def ready(self) -> None:
        from frombelow_site.subject import register

        from . import letters, projections, subject  # noqa: F401  letters and projections register themselves

        register(subject.SUBJECT)
