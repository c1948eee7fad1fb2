from django.urls import path

from . import views

app_name = "tearoom"
urlpatterns = [path("", views.pots, name="pots")]
