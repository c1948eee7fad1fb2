"""Attaching a file to a motion, removing it, and getting it."""

from django.http import Http404, HttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from frombelow.polity.kernel.ids import AttachmentId, MotionId
from frombelow.polity.motions.acts import Attach, Detach
from frombelow_site.accounts.access import member_required
from frombelow_site.door import Drawn
from frombelow_site.door.readers import aside
from frombelow_site.door.request import MemberRequest
from frombelow_site.door.sealing import acts
from frombelow_site.ui.clock import now
from frombelow_site.ui.views import notice

from . import actions, attachments
from .attaching import SORTS, UnfitError, taken
from .forms import AttachForm
from .options import options
from .views import again, do, refuse, the_motion


@acts(Attach)
@member_required
@require_POST
def attach(request: MemberRequest, motion: MotionId) -> HttpResponse:
    found, person, form = the_motion(request, motion), request.person.id, AttachForm(request.POST, request.FILES)
    if refused := options(request.polity, found, person, now()).why_not["attach"]:
        return refuse(request, found, refused)  # before a picture is read, which takes a while
    if form.is_valid():
        file = form.cleaned_data["file"]
        try:
            with aside():
                kept = taken(file.name, file.read())
            attachments.check_today(person, len(kept.data), now())
        except UnfitError as unfit:
            form.add_error("file", str(unfit))
    if form.errors:
        return again(request, found, attach_form=form)
    said = _("The file is attached to your motion.")
    return do(request, found, lambda: actions.attach(person, motion, *kept, Drawn.of(request.POST)), said)


@acts(Detach)
@member_required
@require_POST
def detach(request: MemberRequest, motion: MotionId, attachment: AttachmentId) -> HttpResponse:
    found, person = the_motion(request, motion), request.person.id
    said = _("You removed the file. Nothing of it is kept here.")
    return do(request, found, lambda: actions.detach(person, motion, attachment), said)


@never_cache
@member_required
@require_safe
def attachment(request: MemberRequest, motion: MotionId, attachment: AttachmentId) -> HttpResponse:
    """A file beside a motion, to be kept and never to be shown here: it would be opened as if it were of this site."""
    rows = attachments.beside(the_motion(request, motion))
    row = next((each for each in rows if each.attachment == attachment), None)
    if row is None:
        raise Http404
    data = attachments.as_attached(request.polity, row)
    if data is None:
        return notice(
            request, _("This file is not given out"),
            _("It is gone, or it is not the one that was attached: somebody changed it since, beside the record."),
            _("Tell whoever runs the server, and the others."), status=404,
        )  # fmt: skip
    answer = HttpResponse(data, content_type=SORTS[row.name.rpartition(".")[2]].told)
    answer["Content-Disposition"] = content_disposition_header(True, row.name) or "attachment"
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
