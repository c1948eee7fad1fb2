from django.urls import path

from . import views

app_name = "records"
urlpatterns = [
    path("", views.record, name="record"),
    path("entry/<int:index>/", views.entry, name="entry"),
    path("entry/<int:index>/receipt", views.receipt, name="receipt"),
    path("download", views.download, name="download"),
    path("checkpoint", views.checkpoint, name="checkpoint"),
    path("tile/<path:path>", views.tile, name="tile"),
]
