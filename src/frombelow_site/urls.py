"""The rooms of the site."""

from django.urls import include, path

from frombelow_site.decide.queries import titles

urlpatterns = [
    path("", include("frombelow_site.home.urls")),
    path("begin/", include("frombelow_site.beginning.urls")),
    path("next/", include("frombelow_site.beginning.next_urls")),
    path("enter/", include("frombelow_site.accounts.urls")),
    path("decide/", include("frombelow_site.decide.urls")),
    path("people/roll/", include("frombelow_site.roll.urls")),
    path("people/", include("frombelow_site.membership.urls")),
    path("answerability/rules/", include("frombelow_site.rules.urls"), {"titles": titles}),
    path("answerability/", include("frombelow_site.answerability.urls")),
    path("record/", include("frombelow_site.records.urls")),
    path("ui/", include("frombelow_site.people.urls")),
    path("ui/", include("frombelow_site.ui.urls")),
]
handler400 = "frombelow_site.ui.views.bad_request"
handler403 = "frombelow_site.ui.views.forbidden"
handler404 = "frombelow_site.ui.views.not_found"
handler500 = "frombelow_site.ui.views.broken"
