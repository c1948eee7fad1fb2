from django.urls import path

from . import views

app_name = "beginning"
urlpatterns = [
    path("", views.code, name="code"),
    path("kind/", views.kind, name="kind"),
    path("rules/", views.rules, name="rules"),
    path("founders/", views.founders, name="founders"),
    path("offices/", views.offices, name="offices"),
    path("look/", views.look, name="look"),
]
