from django.urls import path

from . import views

app_name = "rules"
urlpatterns = [
    path("", views.rules, name="rules"),
    path("aloud.json", views.aloud, name="aloud"),
    path("what-stops-me/", views.what_stops, name="what-stops"),
    path("<str:number>/", views.article, name="article"),
]
