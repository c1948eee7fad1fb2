from django.apps import AppConfig


class MembershipConfig(AppConfig):
    name = "frombelow_site.membership"
    default_auto_field = "django.db.models.BigAutoField"
