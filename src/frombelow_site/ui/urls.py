from django.urls import path

from . import components

app_name = "ui"
urlpatterns = [
    path("", components.components, name="components"),
]
