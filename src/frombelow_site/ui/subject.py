"""The look as an app: what it says of itself."""

from frombelow_site.subject import Subject

SUBJECT = Subject(name="ui", pages=(("ui/", "frombelow_site.ui.urls"),))
