from django.apps import AppConfig


class DoorConfig(AppConfig):
    name = "frombelow_site.door"
