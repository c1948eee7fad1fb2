"""What pages hand in about keys by their scripts, and what they are answered."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.http import HttpResponse
from msgspec import UNSET, UnsetType

from frombelow.polity import Act, Refused, encode
from frombelow.polity.kernel.entry import Seal
from frombelow_site.door import Closed, Private, perform
from frombelow_site.door.request import MemberRequest
from frombelow_site.ui.refusals import sentence, status

from . import handing_in

JSON = "application/json"
T = TypeVar("T")


def read(request: MemberRequest, reader: Callable[[bytes], T]) -> T | HttpResponse:
    """What a page handed in, or the answer that it is nothing."""
    if len(request.body) > handing_in.MOST:
        return answer(413, why=f"an act and its texts are at most {handing_in.MOST:,} bytes")
    try:
        return reader(request.body)
    except ValueError as error:
        return answer(400, why=str(error))


def entered(act: Act, *privates: Private, seal: Seal | UnsetType = UNSET) -> HttpResponse:
    """The act is handed in; the answer is its place in the record, or why it has none."""
    try:
        receipt = perform(act, *privates, seal=seal)
    except Closed as error:
        return answer(status(error), why=sentence(error))
    except Refused as refused:
        return answer(status(refused), why=sentence(refused), article=refused.article, message=refused.message)
    entry, checkpoint = encode(receipt.entry).decode(), receipt.checkpoint.decode()
    return answer(200, index=receipt.index, entry=entry, checkpoint=checkpoint)


def answer(code: int, **said: Any) -> HttpResponse:
    return HttpResponse(handing_in.told(**said), JSON, code)
