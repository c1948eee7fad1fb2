from django.apps import AppConfig


class OperationsConfig(AppConfig):
    name = "frombelow_site.operations"

    def ready(self) -> None:
        from frombelow_site.subject import register

        from . import subject

        register(subject.SUBJECT)
