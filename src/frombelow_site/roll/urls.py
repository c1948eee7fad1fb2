from django.urls import path

from . import imports, members, mending, unreached, updates, views

app_name = "roll"
urlpatterns = [
    path("", views.roll, name="roll"),
    path("export/", views.export, name="export"),
    path("letters/", unreached.letters, name="letters"),
    path("letters/pile/", unreached.pile, name="letters-pile"),
    path("letters/done/", unreached.done, name="letters-done"),
    path("print/", views.print_list, name="print"),
    path("admit/", views.admit, name="admit"),
    path("print-code/", views.print_code, name="print-code"),
    path("print-codes/", views.print_codes, name="print-codes"),
    path("import/", imports.choose, name="import"),
    path("import/<str:batch>/", imports.show, name="import-one"),
    path("import/<str:batch>/go/", imports.go, name="import-go"),
    path("import/<str:batch>/columns/", imports.columns, name="import-columns"),
    path("import/<str:batch>/mend/", mending.mend, name="import-mend"),
    path("import/<str:batch>/to-mend/", mending.take_along, name="import-to-mend"),
    path("import/<str:batch>/updates/", updates.updates, name="import-updates"),
    path("import/<str:batch>/welcome/", imports.welcome, name="import-welcome"),
    path("import/<str:batch>/undo/", imports.undo, name="import-undo"),
    path("member/<str:person>/", members.member, name="member"),
    path("member/<str:person>/mail/", members.correct, name="correct"),
    path("member/<str:person>/end-sheet/", views.end_sheet, name="end-sheet"),
]
