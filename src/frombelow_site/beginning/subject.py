"""The beginning as an app: what it says of itself."""

from frombelow_site.subject import Subject

SUBJECT = Subject(
    name="beginning",
    pages=(("begin/", "frombelow_site.beginning.urls"), ("next/", "frombelow_site.beginning.next_urls")),
)
