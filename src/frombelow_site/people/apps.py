from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "frombelow_site.people"

    def ready(self) -> None:
        from frombelow_site.subject import register

        from . import from_lists, projections, subject  # noqa: F401  projections register themselves

        register(subject.SUBJECT)
