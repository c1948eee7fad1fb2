from django.urls import path

from . import rule_views, views

app_name = "answerability"
urlpatterns = [
    path("", views.offices, name="offices"),
    path("offices/<str:office>/", views.office, name="office"),
    path("mandates/<str:mandate>/", views.mandate, name="mandate"),
    path("mandates/<str:mandate>/recall/", views.recall, name="recall"),
    path("mandates/<str:mandate>/give-back/", views.give_back, name="give-back"),
    path("rules/", rule_views.rules, name="rules"),
    path("rules/what-stops-me/", rule_views.what_stops, name="what-stops"),
    path("rules/<str:number>/", rule_views.article, name="article"),
    path("server/", views.server, name="server"),
    path("who-can-see/", views.who_can_see, name="who-can-see"),
    path("looks/", views.looks, name="looks"),
]
