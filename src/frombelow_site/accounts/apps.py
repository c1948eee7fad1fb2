from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "frombelow_site.accounts"

    def ready(self) -> None:
        from frombelow_site.mail.readers import use
        from frombelow_site.subject import register

        from . import projections, readers, subject  # noqa: F401  projections register themselves

        use(readers.readers)
        register(subject.SUBJECT)
