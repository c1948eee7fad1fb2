from django.urls import path

from . import views

app_name = "counts"
urlpatterns = [
    path("of/<str:motion>/", views.start, name="start"),
    path("<str:count>/", views.count, name="count"),
    path("<str:count>/enter/", views.enter, name="enter"),
    path("<str:count>/ballots", views.ballots, name="ballots"),
    path("<str:count>/count.json", views.result, name="result"),
]
