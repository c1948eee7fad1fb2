from django.urls import path

from . import attachment_views, views
from .taken_along import FILES

app_name = "decide"
urlpatterns = [
    path("", views.listing, name="list"),
    *(path(f"list.{form}", views.taken_along, {"form": form}, name=f"list-{form}") for form in FILES),
    path("move/", views.move, name="move"),
    path("<str:motion>/", views.motion, name="motion"),
    path("<str:motion>/decision.pdf", views.decision, name="decision"),
    path("<str:motion>/look-again/<int:n>/", views.look_again, name="look-again"),
    path("<str:motion>/attach/", attachment_views.attach, name="attach"),
    path("<str:motion>/attached/<str:attachment>/", attachment_views.attachment, name="attachment"),
    path("<str:motion>/attached/<str:attachment>/detach/", attachment_views.detach, name="detach"),
    path("<str:motion>/second/", views.second, name="second"),
    path("<str:motion>/withdraw-second/", views.withdraw_second, name="withdraw-second"),
    path("<str:motion>/sign/", views.sign, name="sign"),
    path("<str:motion>/withdraw/", views.withdraw, name="withdraw"),
    path("<str:motion>/in-order/", views.find_in_order, name="find-in-order"),
    path("<str:motion>/rule-out/", views.rule_out, name="rule-out"),
    path("<str:motion>/appeal/", views.appeal, name="appeal"),
    path("<str:motion>/reply/", views.reply, name="reply"),
    path("<str:motion>/open/", views.open_vote, name="open"),
    path("<str:motion>/vote/", views.vote, name="vote"),
    path("<str:motion>/disown/", views.disown, name="disown"),
]
