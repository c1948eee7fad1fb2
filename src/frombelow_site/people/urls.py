from django.urls import path

from . import imports, views

app_name = "people"
urlpatterns = [
    path("", views.people, name="people"),
    path("me/", views.me, name="me"),
    path("me/step-back/", views.step_back, name="step-back"),
    path("me/return/", views.come_back, name="return"),
    path("me/leave/", views.leave, name="leave"),
    path("me/transfer/", views.transfer, name="transfer"),
    path("roll/", views.roll, name="roll"),
    path("roll/export/", views.export, name="export"),
    path("roll/admit/", views.admit, name="admit"),
    path("roll/print-code/", views.print_code, name="print-code"),
    path("roll/import/", imports.choose, name="import"),
    path("roll/import/<str:batch>/", imports.show, name="import-one"),
    path("roll/import/<str:batch>/go/", imports.go, name="import-go"),
    path("roll/import/<str:batch>/undo/", imports.undo, name="import-undo"),
]
