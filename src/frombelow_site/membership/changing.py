"""My name, my addresses, and what I say of myself: a page for each, with who sees it."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from frombelow.polity import Refused
from frombelow.polity.members.acts import KeepMail, Rename
from frombelow_site.accounts import limits
from frombelow_site.accounts.access import member_required
from frombelow_site.accounts.forms import CodeForm
from frombelow_site.accounts.ways import fresh_required
from frombelow_site.door import Closed, Drawn
from frombelow_site.door.request import MemberRequest
from frombelow_site.door.sealing import acts
from frombelow_site.people import queries
from frombelow_site.ui.refusals import sentence, status
from frombelow_site.ui.views import too_many

from . import actions, contacts
from .forms import AboutForm, CountedForm, MailForm, NameForm


def _page(
    request: MemberRequest, form: Any, heading: str, lead: str, verb: str, refused: Refused | Closed | None = None
) -> HttpResponse:  # fmt: skip
    code = status(refused) if refused else 400 if form.is_bound and form.errors else 200
    context = {
        "form": form, "heading": heading, "lead": lead, "verb": verb, "refusal": sentence(refused) if refused else "",
    }  # fmt: skip
    return render(request, "membership/change.html", context, status=code)


@acts(Rename)
@never_cache
@member_required
@require_http_methods(["GET", "HEAD", "POST"])
def name(request: MemberRequest) -> HttpResponse:
    """The new name is shown everywhere from now on, in what was done before too."""
    person = request.person.id
    card, profile = queries.card_of(person)
    before = {"name": card.name, "pronouns": card.pronouns} if card else {}
    form = NameForm(request.POST or None, initial={**before, "pronouns_to": profile.pronouns_to})
    refusal = None
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            actions.rename(person, data["name"], Drawn.of(request.POST))
        except (Refused, Closed) as refused:
            refusal = refused
        else:
            contacts.set_pronouns(person, data["pronouns"], data["pronouns_to"])
            messages.success(request, _("You go by %(name)s, everywhere.") % {"name": data["name"]})
            return redirect("membership:me")
    lead = _("Every page shows the name you go by now, also where you acted before. The record says that your name "
             "changed, and never to what. Your old name is sealed: you alone can read it.")  # fmt: skip
    return _page(request, form, _("Change my name"), lead, _("Change my name"), refusal)


@never_cache
@fresh_required
@require_http_methods(["GET", "HEAD", "POST"])
def mail(request: MemberRequest) -> HttpResponse:
    person = request.person.id
    known = queries.mails(person)
    form = MailForm(request.POST or None)
    if not known:
        del form.fields["beside"]
    if request.method == "POST" and form.is_valid():
        wanted, beside = form.cleaned_data["mail"], form.cleaned_data.get("beside", False)
        if beside and not contacts.may_add_mail(person):
            form.add_error("beside", _("You have as many as are kept. Take one away first."))
        elif not limits.may_ask(request, wanted):
            return too_many(request)
        else:
            contacts.ask_mail(person, wanted, beside=beside)
            return redirect("membership:mail-code")
    context = {"form": form, "mails": known}
    return render(request, "membership/mail.html", context, status=400 if form.errors else 200)


@never_cache
@fresh_required
@require_POST
def take_mail_away(request: MemberRequest) -> HttpResponse:
    """A further address is taken away; pressed twice, it happens once."""
    if contacts.take_mail_away(request.person.id, request.POST.get("mail", "")):
        messages.success(request, _("That address is taken away."))
    return redirect("membership:mail")


@acts(KeepMail)
@never_cache
@sensitive_post_parameters("code")
@member_required
@require_http_methods(["GET", "HEAD", "POST"])
def mail_code(request: MemberRequest) -> HttpResponse:
    waiting = contacts.waiting_mail(request.person.id)
    if not waiting:
        messages.info(request, _("No new address waits for a code. Your address is as it was."))
        return redirect("membership:mail")
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if not limits.may_try(request):
            return too_many(request)
        if contacts.confirm_mail(request.person.id, form.cleaned_data["code"]):
            messages.success(request, _("%(mail)s is your address.") % {"mail": waiting})
            return redirect("membership:me")
        form.add_error("code", _("This is not the code, or its time is over. Look again, or ask for a new one."))
    lead = _("Six digits are on their way to %(mail)s.") % {"mail": waiting}
    return _page(request, form, _("Look into your mail"), lead, _("This is my address"))


@never_cache
@member_required
@require_http_methods(["GET", "HEAD", "POST"])
def about(request: MemberRequest) -> HttpResponse:
    person = request.person.id
    card, profile = queries.card_of(person)
    fields = AboutForm.base_fields
    before = {field: getattr(profile, field, "") or getattr(card, field, "") for field in fields}
    form = AboutForm(request.POST or None, initial=before)
    if request.method == "POST" and form.is_valid():
        contacts.set_about(person, **form.cleaned_data)
        messages.success(request, _("It is as you wrote it."))
        return redirect("membership:me")
    lead = _("Nobody has to say anything here. Each part is shown to whom you choose, and to nobody else.")
    return _page(request, form, _("Contacts, languages, needs, skills"), lead, _("Keep this"))


@never_cache
@member_required
@require_http_methods(["GET", "HEAD", "POST"])
def counted(request: MemberRequest) -> HttpResponse:
    """Whether I am a woman, a man or another, for panels by lot; what nobody has to say."""
    person = request.person.id
    card, _profile = queries.card_of(person)
    form = CountedForm(request.POST or None, initial={"sex": card.sex if card else ""})
    if request.method == "POST" and form.is_valid():
        contacts.set_sex(person, form.cleaned_data["sex"])
        messages.success(request, _("It is as you wrote it."))
        return redirect("membership:me")
    lead = _("A panel that is drawn by lot can be asked to hold so many women and men, if the members decide it. It "
             "counts of you what you say here, your branch and how long you have been in. You need not say anything: "
             "then you are counted as “not said”, and can be drawn all the same. In a draw it stands in the record "
             "beside a mark without your name, with your branch and your years; where a group is small, who knows you "
             "can guess which mark is yours. Whoever sits on a panel shows their groups.")  # fmt: skip
    return _page(request, form, _("What panels may count of you"), lead, _("Keep this"))
