from django.urls import path

from . import views

app_name = "answerability"
urlpatterns = [
    path("", views.offices, name="offices"),
    path("offices/<str:office>/", views.office, name="office"),
    path("mandates/<str:mandate>/", views.mandate, name="mandate"),
    path("mandates/<str:mandate>/recall/", views.recall, name="recall"),
    path("mandates/<str:mandate>/give-back/", views.give_back, name="give-back"),
    path("server/", views.server, name="server"),
    path("server/clock/", views.clock, name="clock"),
    path("server/witnesses/", views.witnesses, name="witnesses"),
    path("who-can-see/", views.who_can_see, name="who-can-see"),
    path("looks/", views.looks, name="looks"),
]
