from django.apps import AppConfig


class TeaRoomConfig(AppConfig):
    name = "tests.site.tearoom"

    def ready(self):
        from frombelow.polity.kernel.subject import registry
        from frombelow_site.subject import register
        from tests.polity.tea import TEA

        from . import subject

        registry.add(TEA)
        register(subject.SUBJECT)
