"""The pages of the site, by the apps that have any."""

from django.urls import include, path

from .subject import subjects

# Of two addresses that begin alike, the longer one is looked at first.
_pages = sorted((page for subject in subjects() for page in subject.pages), key=lambda page: -len(page[0]))
urlpatterns = [path(address, include(pages)) for address, pages in _pages]
handler400 = "frombelow_site.ui.views.bad_request"
handler403 = "frombelow_site.ui.views.forbidden"
handler404 = "frombelow_site.ui.views.not_found"
handler500 = "frombelow_site.ui.views.broken"
