from django.apps import AppConfig


class MailConfig(AppConfig):
    name = "frombelow_site.mail"
    default_auto_field = "django.db.models.BigAutoField"
