from django.urls import path

from . import choosing, components

app_name = "ui"
urlpatterns = [
    path("", components.components, name="components"),
    path("language/", choosing.language, name="language"),
]
