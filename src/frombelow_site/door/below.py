"""The site may lie below another on its host. A request tells the thread that answers it; any other thread that writes
addresses is told here."""

from django.conf import settings
from django.urls import set_script_prefix


def tell_thread() -> None:
    """Addresses that this thread makes lead below the path at which the site lies."""
    set_script_prefix(f"{settings.BELOW}/")
