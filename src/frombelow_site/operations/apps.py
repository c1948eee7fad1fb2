from django.apps import AppConfig


class OperationsConfig(AppConfig):
    name = "frombelow_site.operations"
