from django.urls import path

from . import views

app_name = "mail"
urlpatterns = [path("off/<str:token>/", views.off, name="off")]
