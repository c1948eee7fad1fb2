from django.urls import path

from . import public

app_name = "decided"
urlpatterns = [
    path("", public.listing, name="list"),
    path("<str:number>/", public.motion, name="motion"),
]
