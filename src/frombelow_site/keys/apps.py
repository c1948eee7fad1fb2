from django.apps import AppConfig


class KeysConfig(AppConfig):
    name = "frombelow_site.keys"

    def ready(self) -> None:
        from frombelow_site.subject import register

        from . import projections, subject  # noqa: F401  letters leave when entries stand

        register(subject.SUBJECT)
