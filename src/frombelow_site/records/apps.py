from django.apps import AppConfig


class RecordsConfig(AppConfig):
    name = "frombelow_site.records"
