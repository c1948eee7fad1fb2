"""Membership as an app: what it says of itself."""

from django.utils.translation import gettext_lazy as _

from frombelow_site.subject import Room, Subject

from .admitted import needs

SUBJECT = Subject(
    name="membership",
    pages=(("people/", "frombelow_site.membership.urls"),),
    room=Room(_("People"), "membership:people", 30),
    needs=needs,
    done_at={"transfer": "membership:me", "step-back": "membership:me", "ask-for-vote": "membership:admitted"},
)
