from django.urls import path

from . import card_views, views

app_name = "keys"
urlpatterns = [
    path("", views.mine, name="mine"),
    path("requests/", views.requests, name="requests"),
    path("passkeys/", views.passkeys_of, name="passkeys"),
    path("pair/", views.pair, name="pair"),
    path("ask/", views.ask, name="ask"),
    path("bind/", views.bind, name="bind"),
    path("next/", views.next_seal, name="next"),
    path("standing/", views.standing, name="standing"),
    path("act/", views.act, name="act"),
    path("card/", card_views.make, name="card"),
    path("card/use/", card_views.use, name="use-card"),
    path("card/frames/", card_views.frames, name="frames"),
    path("card/bind/", card_views.bind, name="bind-card"),
    path("words/<str:language>.json", card_views.list_of, name="words"),
    path("card/words.json", card_views.words, name="card-words"),
    path("spelling.json", views.spelled, name="spelling"),
]
