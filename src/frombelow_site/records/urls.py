from django.urls import path

from . import heads, running, views

app_name = "records"
urlpatterns = [
    path("", views.record, name="record"),
    path("entry/<int:index>/", views.entry, name="entry"),
    path("entry/<int:index>/receipt", views.receipt, name="receipt"),
    path("download", views.download, name="download"),
    path("head/", heads.head, name="head"),
    path("head/compare/", heads.compare, name="compare"),
    path("head/evidence", heads.evidence, name="evidence"),
    path("cosigned/", heads.cosigned, name="cosigned"),
    path("scripts/", running.scripts, name="scripts"),
    path("scripts.txt", running.scripts_text, name="scripts-text"),
    path("losses", heads.losses, name="losses"),
    path("checkpoint", heads.checkpoint, name="checkpoint"),
    path("consistency/<int:old>/<int:new>", heads.consistency, name="consistency"),
    path("tile/<path:path>", heads.tile, name="tile"),
]
