from django.urls import path

from . import admitted, changing, letters_to_me, mine, views

app_name = "membership"
urlpatterns = [
    path("", views.people, name="people"),
    path("branch/<str:branch>/", admitted.admitted, name="admitted"),
    path("branch/<str:branch>/ask/", admitted.ask, name="ask-for-vote"),
    path("me/", mine.me, name="me"),
    path("me/name/", changing.name, name="name"),
    path("me/mail/", changing.mail, name="mail"),
    path("me/mail/away/", changing.take_mail_away, name="mail-away"),
    path("me/mail/code/", changing.mail_code, name="mail-code"),
    path("me/mail/keep/", mine.keep_mail, name="keep-mail"),
    path("me/about/", changing.about, name="about"),
    path("me/counted/", changing.counted, name="counted"),
    path("me/letters/", letters_to_me.letters, name="letters"),
    path("me/looks/", mine.looks, name="looks"),
    path("me/data/", mine.take_my_data, name="data"),
    path("me/step-back/", mine.step_back, name="step-back"),
    path("me/return/", mine.come_back, name="return"),
    path("me/transfer/", mine.transfer, name="transfer"),
    path("me/leave/", mine.leave, name="leave"),
    path("me/erase/", mine.erase, name="erase"),
    path("<str:person>/", views.person, name="person"),
]
