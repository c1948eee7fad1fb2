from django.urls import path

from . import views

app_name = "draws"
urlpatterns = [
    path("", views.listing, name="list"),
    path("<str:draw>/", views.draw, name="draw"),
    path("<str:draw>/pool/", views.pool, name="pool"),
    path("<str:draw>/specify/", views.specify, name="specify"),
    path("<str:draw>/go-on/", views.go_on, name="go-on"),
    path("<str:draw>/object/", views.object_to, name="object"),
    path("<str:draw>/contribute/", views.contribute, name="contribute"),
    path("<str:draw>/dice/", views.see, name="see"),
    path("<str:draw>/beacon/", views.beacon, name="beacon"),
    path("<str:draw>/accept/", views.accept, name="accept"),
    path("<str:draw>/decline/", views.decline, name="decline"),
    path("<str:draw>/ask/", views.ask, name="ask"),
    path("<str:draw>/found/", views.found, name="found"),
    path("<str:draw>/abandon/", views.abandon, name="abandon"),
    path("<str:draw>/draw.json", views.file, name="file"),
]
