from django.apps import AppConfig


class RulesConfig(AppConfig):
    name = "frombelow_site.rules"

    def ready(self) -> None:
        from frombelow_site.subject import register

        from . import subject

        register(subject.SUBJECT)
