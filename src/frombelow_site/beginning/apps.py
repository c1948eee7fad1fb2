from django.apps import AppConfig


class BeginningConfig(AppConfig):
    name = "frombelow_site.beginning"
