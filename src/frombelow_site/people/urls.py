from django.urls import path

from . import language

app_name = "people"
urlpatterns = [path("language/", language.language, name="language")]
