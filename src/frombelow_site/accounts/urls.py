from django.urls import path

from . import from_letters, lost, views, ways

app_name = "accounts"
urlpatterns = [
    path("", views.ask, name="sign-in"),
    path("code/", views.enter_code, name="code"),
    path("who/", views.choose, name="choose"),
    path("printed/", views.printed, name="printed"),
    path("passkey/", views.by_passkey, name="passkey"),
    path("passkey/options/", views.passkey_options, name="passkey-options"),
    path("second/", views.second_step, name="second"),
    path("link/<str:token>/", views.follow_link, name="link"),
    path("letter/<str:token>/", from_letters.letter, name="letter"),
    path("out/", views.sign_out, name="sign-out"),
    path("ways/", ways.ways, name="ways"),
    path("ways/passkey/", ways.add_passkey, name="add-passkey"),
    path("ways/passkey/options/", ways.passkey_options, name="add-passkey-options"),
    path("ways/passkey/<str:passkey>/", ways.change_passkey, name="change-passkey"),
    path("ways/second/", ways.turn_on, name="turn-on"),
    path("ways/second/off/", ways.turn_off, name="turn-off"),
    path("ways/second/codes/", ways.recovery_codes, name="recovery-codes"),
    path("ways/end/", ways.end_devices, name="end-devices"),
    path("ways/sheet/", ways.own_sheet, name="own-sheet"),
    path("ways/sheet/end/", ways.end_sheet, name="end-sheet"),
    path("lost/", lost.lost, name="lost"),
    path("vouch/<str:name>/", lost.vouch, name="vouch"),
    path("stop/", lost.stop_mine, name="stop-mine"),
    path("stop/<str:token>/", lost.stop, name="stop"),
    path("restore/", lost.restore, name="restore"),
]
