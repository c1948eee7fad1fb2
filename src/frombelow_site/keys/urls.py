from django.urls import path

from . import views

app_name = "keys"
urlpatterns = [
    path("", views.mine, name="mine"),
    path("requests/", views.requests, name="requests"),
    path("passkeys/", views.passkeys_of, name="passkeys"),
    path("pair/", views.pair, name="pair"),
    path("ask/", views.ask, name="ask"),
    path("bind/", views.bind, name="bind"),
    path("next/", views.next_seal, name="next"),
    path("act/", views.act, name="act"),
    path("spelling.json", views.spelled, name="spelling"),
]
