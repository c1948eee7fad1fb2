from django.apps import AppConfig


class RecordsConfig(AppConfig):
    name = "frombelow_site.records"

    def ready(self) -> None:
        from frombelow_site.subject import register

        from . import subject

        register(subject.SUBJECT)
