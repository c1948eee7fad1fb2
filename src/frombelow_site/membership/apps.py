from django.apps import AppConfig


class MembershipConfig(AppConfig):
    name = "frombelow_site.membership"

    def ready(self) -> None:
        from frombelow_site.subject import register

        from . import projections, subject  # noqa: F401  projections register themselves

        register(subject.SUBJECT)
