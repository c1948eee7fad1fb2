from django.apps import AppConfig


class MembershipConfig(AppConfig):
    name = "frombelow_site.membership"

    def ready(self) -> None:
        from frombelow_site.subject import register

        from . import subject

        register(subject.SUBJECT)
