from django.urls import path

from . import views

app_name = "accounts"
urlpatterns = [
    path("", views.ask, name="sign-in"),
    path("code/", views.enter_code, name="code"),
    path("who/", views.choose, name="choose"),
    path("printed/", views.printed, name="printed"),
    path("link/<str:token>/", views.follow_link, name="link"),
    path("out/", views.sign_out, name="sign-out"),
]
