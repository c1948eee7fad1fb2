"""Files beside a motion: what is taken, what is kept of it, who gets it, and how it goes."""

import io
import subprocess
import sys

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from PIL import Image

from frombelow.polity import Refused, Stage
from frombelow_site.decide import actions, attaching, attachments, files
from frombelow_site.decide.attachments import sha256
from frombelow_site.decide.models import Attachment, Wording
from frombelow_site.door import Private, new_id, perform
from frombelow_site.door.models import Entry
from frombelow_site.membership import actions as membership
from frombelow_site.operations.marks import compare
from tests import acts as a
from tests.walking import content_of, unpacked

from .files import ARMED, HTML, PDF, SVG, bomb, photo, picture, zipped


@pytest.fixture(autouse=True)
def at_once(monkeypatch):
    """What waits for a commit is done in the test's own transaction."""
    monkeypatch.setattr(transaction, "on_commit", lambda work, **_: work())


@pytest.fixture
def motion(site):
    return site.move()


def send(site, motion, data, name="plan.pdf", by=None):
    file = SimpleUploadedFile(name, data)
    return site.browser(by or site.bo).post(f"/decide/{motion}/attach/", {"file": file}, follow=True)


def text(answer):
    return " ".join(content_of(answer).decode().split())


def kept(site):
    """Name and bytes of each file that is kept."""
    return [(row.name, files.place(row.attachment).read_bytes()) for row in Attachment.objects.order_by("at", "name")]


def address(row):
    return f"/decide/{row.motion}/attached/{row.attachment}/"


def nothing_is_kept(site):
    folder = files.place("")
    acts = Entry.objects.filter(kind="motion.attach")
    return not (Attachment.objects.exists() or acts.exists() or (folder.is_dir() and any(folder.iterdir())))


# --- what is taken ---


def test_a_pdf_is_kept_as_it_is_and_the_record_holds_a_mark_of_its_bytes(site, motion):
    answer = send(site, motion, PDF)
    assert "The file is attached to your motion." in text(answer)
    assert kept(site) == [("plan.pdf", PDF)]
    row = Attachment.objects.get()
    mark = Private("attachment", row.attachment, sha256(PDF), bytes(row.salt)).commitment
    assert site.polity.motions[motion].attachments == {row.attachment: mark}
    assert files.place(row.attachment).stat().st_mode & 0o777 == 0o600
    assert files.place("").stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize(("kind", "ending"), [("JPEG", "jpg"), ("PNG", "png"), ("WEBP", "webp")])
def test_a_photo_with_gps_is_kept_without_it_and_the_right_way_up(site, motion, kind, ending):
    sent = photo(kind)
    assert b"Camera of Bo" in sent
    send(site, motion, sent, "photo." + ending)
    ((name, data),) = kept(site)
    assert name == "photo." + ending
    for trace in (
        b"Camera of Bo",
        b"Comment of Bo",
        b"Exif",
        b"EXIF",
        b"eXIf",
        b"ICC_PROFILE",
        b"ICCP",
        b"iCCP",
        b"acsp",
    ):
        assert trace not in data, trace
    with Image.open(io.BytesIO(data)) as image:
        assert image.format == kind
        assert image.size == (40, 60)  # it lay on its side
        assert not image.getexif()
        assert not {"exif", "icc_profile", "comment", "xmp", "dpi"} & image.info.keys()
        assert abs(image.convert("RGB").getpixel((9, 9))[0] - 200) < 9


@pytest.mark.parametrize(
    ("kind", "mode", "colour"),
    [("PNG", "P", 1), ("PNG", "LA", (9, 9)), ("PNG", "RGBA", (9, 9, 9, 9)), ("PNG", "I;16", 900), ("PNG", "1", 1),
     ("JPEG", "CMYK", (9, 9, 9, 9)), ("JPEG", "L", 9), ("WEBP", "RGBA", (9, 9, 9, 9))],
)  # fmt: skip
def test_a_picture_of_any_mode_is_taken(site, motion, kind, mode, colour):
    send(site, motion, picture(kind, (30, 20), mode, colour), "x")
    ((_name, data),) = kept(site)
    with Image.open(io.BytesIO(data)) as image:
        image.load()
        assert (image.format, image.size) == (kind, (30, 20))
        assert image.has_transparency_data == (mode in ("LA", "RGBA"))


@pytest.mark.parametrize("behind", [zipped(), HTML])
def test_what_stands_behind_a_picture_is_not_kept(site, motion, behind):
    send(site, motion, picture() + behind, "photo.jpg")
    ((name, data),) = kept(site)
    assert name == "photo.jpg"
    assert b"PK\x03\x04" not in data
    assert b"<script" not in data


def test_a_file_is_called_by_what_it_is(site, motion):
    send(site, motion, PDF, "photo.png")
    send(site, motion, picture("PNG"), "plan.pdf")
    assert {name for name, _ in kept(site)} == {"photo.pdf", "plan.png"}


def test_a_pdf_that_holds_scripts_and_files_is_taken_and_the_page_says_so(site, motion):
    page = text(send(site, motion, ARMED))
    assert [data for _, data in kept(site)] == [ARMED]
    assert "We do not scan files. A PDF can hold programs and other files." in page


@pytest.mark.parametrize(
    ("given", "called"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\Users\\bo\\plan.pdf", "plan.pdf"),
        ("a\r\nSet-Cookie: x=1.pdf", "aSet-Cookie: x=1.pdf"),
        ("fdp\u202exe.exe", "fdpxe.pdf"),
        ("..", "attachment.pdf"),
        (".pdf", "attachment.pdf"),
        ("\u200b\u200f.pdf", "attachment.pdf"),
        ("x" * 300 + ".pdf", "x" * 100 + ".pdf"),
        ("Plan «ñ» 计划.pdf", "Plan «ñ» 计划.pdf"),
    ],
)
def test_a_name_holds_no_folders_no_lines_and_nothing_that_turns_it(given, called):
    assert attaching.taken(given, PDF).name == called


def test_a_name_with_folders_and_marks_is_cleaned_on_its_way_in_too(site, motion):
    send(site, motion, PDF, "a/b\u202e\ngpj.exe")
    assert [name for name, _ in kept(site)] == ["bgpj.pdf"]


# --- what is refused, and nothing is stored ---


@pytest.mark.parametrize(
    ("name", "data", "why"),
    [
        ("x.svg", SVG, "This is no PDF, JPEG, PNG or WebP."),
        ("x.png", SVG, "This is no PDF, JPEG, PNG or WebP."),
        ("x.html", HTML, "This is no PDF, JPEG, PNG or WebP."),
        ("x.pdf", HTML + PDF, "This is no PDF, JPEG, PNG or WebP."),
        ("x.zip", zipped(), "This is no PDF, JPEG, PNG or WebP."),
        ("x.gif", picture("GIF", mode="P", colour=1), "This is no PDF, JPEG, PNG or WebP."),
        ("x.pdf", PDF + zipped() * 9, "This PDF has no end, or something stands behind it."),
        ("x.pdf", PDF[:40], "This PDF has no end, or something stands behind it."),
        ("x.jpg", picture()[:200], "This picture is damaged."),
        ("x.png", picture("PNG")[:50], "This picture is damaged."),
        ("x.jpg", b"\xff\xd8\xff" + zipped(), "This picture is damaged."),
        ("x.png", bomb(), "This picture has too many points: 25 million are read at most."),
        ("x.pdf", b"", "The file is empty."),
        ("x.pdf", PDF.ljust(10_000_001), "The file has more than 10 MB."),
    ],
    ids=lambda value: value if isinstance(value, str) else len(value),
)
def test_what_is_no_file_of_these_kinds_is_refused_and_nothing_is_stored(site, motion, name, data, why):
    answer = send(site, motion, data, name)
    assert answer.status_code == 400
    assert why in text(answer)
    assert "Nothing was stored." in text(answer)
    assert nothing_is_kept(site)


def test_eleven_megabytes_are_not_read_and_the_page_says_why(site, motion):
    answer = send(site, motion, PDF.ljust(11_000_000))
    assert answer.status_code == 400
    assert "larger than this page takes. Nothing was changed." in text(answer)
    assert nothing_is_kept(site)


def test_no_other_page_of_a_motion_takes_a_large_body(site, motion):
    for page in ("second", "reply", "attached/x/detach"):
        file = SimpleUploadedFile("x.pdf", PDF.ljust(2_000_000))
        assert site.browser(site.bo).post(f"/decide/{motion}/{page}/", {"file": file}).status_code == 400


def test_no_file_at_all_is_refused(site, motion):
    answer = site.browser(site.bo).post(f"/decide/{motion}/attach/")
    assert answer.status_code == 400
    assert "Choose a file." in text(answer)
    assert nothing_is_kept(site)


def test_of_fifty_files_five_are_taken(site, motion):
    answers = [send(site, motion, PDF, f"{n}.pdf") for n in range(50)]
    assert [answer.status_code for answer in answers] == [200] * 5 + [409] * 45
    assert "at most five files are attached to a motion; remove one first." in text(answers[-1])
    assert len(kept(site)) == len(list(files.place("").iterdir())) == 5


def test_one_person_adds_100_megabytes_a_day(site, motion, monkeypatch):
    monkeypatch.setattr(attachments, "MOST_A_DAY", 2 * len(PDF))
    for _ in range(2):
        send(site, motion, PDF)
    answer = send(site, motion, PDF)
    assert answer.status_code == 400
    assert "You attached 100 MB within a day. Nothing was stored." in text(answer)
    assert len(kept(site)) == 2
    site.at += 86_400
    assert send(site, motion, PDF).status_code == 200


def test_nobody_puts_files_beside_the_motion_of_another_and_their_picture_is_not_even_read(site, motion, monkeypatch):
    monkeypatch.setattr(attaching, "_written_anew", lambda *_: pytest.fail("it was read"))
    answer = send(site, motion, picture(), by=site.ada)
    assert answer.status_code == 403
    assert "only who moved a motion attaches files to it" in text(answer)
    assert nothing_is_kept(site)
    assert "attach/" not in text(site.browser(site.ada).get(f"/decide/{motion}/"))


def test_none_comes_once_the_vote_is_open(site):
    motion = site.voting()
    assert send(site, motion, PDF).status_code == 409
    assert nothing_is_kept(site)


def test_what_the_door_refuses_leaves_no_file(site):
    with pytest.raises(Refused):
        actions.attach(site.ada, site.move(), "x.pdf", PDF)
    assert nothing_is_kept(site)


def test_a_mark_of_anything_else_than_a_hash_is_refused(site, motion):
    said = Private("attachment", motion[::-1], "no hash", bytes(32), {"name": "x.pdf", "size": 1})
    with pytest.raises(Refused, match="64 small hex digits"):
        perform(a.Attach(by=site.bo, motion=motion, attachment=said.whose, file=said.commitment), said)


def test_a_mark_whose_bytes_never_came_has_no_row_and_no_link(site, motion):
    said = Private("attachment", new_id(), sha256(PDF), bytes(32))
    perform(a.Attach(by=site.bo, motion=motion, attachment=said.whose, file=said.commitment), said)
    assert not Attachment.objects.exists()
    assert site.browser(site.bo).get(f"/decide/{motion}/").status_code == 200


# --- the process that reads pictures ---


def test_a_picture_that_takes_more_memory_than_may_be_ends_its_process_alone(monkeypatch):
    small = "import frombelow_site.decide.pictures as p; p.MEGABYTES = 60; p.main()"
    monkeypatch.setattr(attaching, "WRITER", [sys.executable, "-c", small])
    with pytest.raises(attaching.UnfitError, match="too many points"):
        attaching.taken("x.jpg", picture("JPEG", (6_000, 6_000)))


def test_a_picture_that_takes_longer_than_may_be_is_given_up(monkeypatch):
    monkeypatch.setattr(attaching, "PATIENCE", 0.2)
    monkeypatch.setattr(attaching, "WRITER", [sys.executable, "-c", "import time; time.sleep(60)"])
    with pytest.raises(attaching.UnfitError, match="too many points"):
        attaching.taken("x.jpg", picture())


def test_the_process_that_reads_pictures_has_no_django_and_no_database():
    said = "import sys, frombelow_site.decide.pictures; print('django' in sys.modules, 'sqlite3' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", said], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "False"]


# --- who gets it, and how ---


def test_it_is_a_download_for_members_and_nothing_else(site, motion):
    send(site, motion, ARMED, 'pl"an; x=ñ.pdf')
    row = Attachment.objects.get()
    answer = site.browser(site.ada).get(address(row))
    assert content_of(answer) == ARMED
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"].startswith("attachment; filename")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert "private" in answer["Cache-Control"]
    assert Client().get(address(row)).url.startswith("/enter/")
    membership.leave(site.bo)
    assert site.browser(site.bo).get(address(row)).status_code in (302, 403, 404)


def test_it_is_found_under_its_own_motion_alone(site, motion):
    send(site, motion, PDF)
    row, other = Attachment.objects.get(), site.move()
    assert site.browser(site.ada).get(f"/decide/{other}/attached/{row.attachment}/").status_code == 404
    assert site.browser(site.ada).get(f"/decide/{motion}/attached/{other}/").status_code == 404


def test_the_public_is_shown_none(site, client):
    site.decided(4, 0, a.ShowDecisions(), title="In public")
    motion = site.move(title="A bench")
    send(site, motion, PDF, "benchplan.pdf")
    site.second(motion)
    site.wait(8)
    pages = [client.get("/decided/"), client.get(f"/decided/{site.polity.motions[motion].number}/")]
    for page in map(text, pages):
        assert "A bench" in page
        assert "benchplan" not in page
        assert "/attached/" not in page


def test_a_file_that_was_changed_beside_the_record_is_not_given_out_and_doctor_says_so(site, motion):
    send(site, motion, PDF)
    row = Attachment.objects.get()
    assert all(found.good for found in compare())
    files.place(row.attachment).write_bytes(PDF + b"more")
    answer = site.browser(site.ada).get(address(row))
    assert answer.status_code == 404
    assert "it is not the one that was attached" in text(answer)
    assert [found.what for found in compare() if not found.good] == [
        f"1 names or texts are not those that the record holds marks of; the first: attachment {row.attachment}."
    ]


def test_doctor_says_that_a_file_is_missing(site, motion):
    send(site, motion, PDF)
    row = Attachment.objects.get()
    files.place(row.attachment).unlink()
    assert f"attachment {row.attachment}" in next(found.what for found in compare() if not found.good)
    assert site.browser(site.ada).get(address(row)).status_code == 404


# --- how it goes ---


def test_the_mover_takes_it_away_and_nothing_of_it_is_kept(site, motion):
    send(site, motion, PDF)
    row = Attachment.objects.get()
    answer = site.browser(site.bo).post(address(row) + "detach/", follow=True)
    assert "You removed the file." in text(answer)
    assert not Attachment.objects.exists()
    assert not files.place(row.attachment).exists()
    assert all(found.good for found in compare())


def test_nobody_else_takes_it_away(site, motion):
    send(site, motion, PDF)
    row = Attachment.objects.get()
    assert site.browser(site.ada).post(address(row) + "detach/").status_code == 403
    assert kept(site) == [("plan.pdf", PDF)]


def test_it_goes_when_its_mover_is_erased(site, motion):
    send(site, motion, PDF)
    membership.erase_and_leave(site.bo)
    assert not Attachment.objects.exists()
    assert not any(files.place("").iterdir())
    assert all(found.good for found in compare() if "attachment" in found.what)


def test_it_is_shown_no_more_when_the_words_are_erased_and_goes_with_the_next_backup(site, motion):
    send(site, motion, PDF)
    row = Attachment.objects.get()
    Wording.objects.filter(motion=motion).delete()
    assert "plan.pdf" not in text(site.browser(site.ada).get(f"/decide/{motion}/"))
    assert site.browser(site.ada).get(address(row)).status_code == 404
    perform(a.Backup(by=a.SERVER, size=1))
    assert not Attachment.objects.exists()
    assert not files.place(row.attachment).exists()


def test_what_was_sent_and_never_entered_is_gone_an_hour_later(site, motion, monkeypatch):
    send(site, motion, PDF)
    files.keep("stray", PDF)
    perform(a.Backup(by=a.SERVER, size=1))
    assert files.place("stray").exists()
    monkeypatch.setattr(files, "HOUR", -1)
    perform(a.Backup(by=a.SERVER, size=1))
    assert not files.place("stray").exists()
    assert kept(site) == [("plan.pdf", PDF)]


# --- what its mover sees, and takes along ---


def test_the_mover_is_told_why_no_more_can_be_attached_and_nobody_is_told_once_the_vote_is_open(site, motion):
    for _ in range(5):
        send(site, motion, PDF)
    full = "at most five files are attached to a motion; remove one first."
    assert full in text(site.browser(site.bo).get(f"/decide/{motion}/"))
    assert full not in text(site.browser(site.ada).get(f"/decide/{motion}/"))
    site.second(motion)
    while site.polity.motions[motion].stage is not Stage.VOTING:
        site.wait(1)
    page = text(site.browser(site.bo).get(f"/decide/{motion}/"))
    assert "plan.pdf" in page
    for gone in (full, "until its vote opens", "Attach a file", "Remove the file"):
        assert gone not in page


def test_a_motion_without_files_says_nothing_of_them_to_others(site, motion):
    assert "Attachments" in text(site.browser(site.bo).get(f"/decide/{motion}/"))
    assert "Attachments" not in text(site.browser(site.ada).get(f"/decide/{motion}/"))


def test_my_own_file_holds_what_i_attached_and_nobody_elses(site, motion):
    send(site, motion, PDF)
    row, number = Attachment.objects.get(), site.polity.motions[motion].number
    mine, other = (unpacked(content_of(site.browser(who).post("/people/me/data/"))) for who in (site.bo, site.ada))
    assert PDF in mine
    assert f"motions/{number} {row.attachment} plan.pdf".encode() in mine
    assert bytes(row.salt).hex().encode() in mine
    assert PDF not in other
