from django.urls import path

from . import next_views

app_name = "next"
urlpatterns = [
    path("", next_views.what_now, name="next"),
    path("codes/", next_views.codes, name="codes"),
    path("mail/", next_views.mail, name="mail"),
]
