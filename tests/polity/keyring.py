"""What people do with keys, in one line each."""

from frombelow.polity.keys.binding import key_id
from frombelow.polity.keys.making import id_of
from tests import acts as a

HOUR = 3600


def hours(org, count):
    org.clock += count * HOUR
    org.catch_up()


def key_of(org, secret):
    """The key as the record knows it."""
    return org.polity.keys.keys.get(id_of(secret))


def lives(org, secret):
    found = key_of(org, secret)
    return found is not None and not found.ended


def add(org, person, by, kind="file", **more):
    """A further key of the person, sealed by one of theirs."""
    secret, new = org.drawn_key(person, kind, **more)
    org.do(a.AddKey, person, sealed=by, key=new)
    return secret


def cannot_add(org, person, by, kind="file"):
    _, new = org.drawn_key(person, kind)
    return org.refused(a.AddKey, person, sealed=by, key=new).message


def cannot_bind(org, person, kind="device"):
    _, new = org.drawn_key(person, kind)
    return org.refused(a.BindKey, person, key=new).message


def ask(org, person, kind="file", sealed=None):
    """A key is asked for in the person's name; the request and the key."""
    secret, new = org.drawn_key(person, kind)
    request = org.new()
    org.do(a.AskKey, person, sealed=sealed, request=request, key=new)
    return request, secret


def cannot_ask(org, person, kind="file"):
    _, new = org.drawn_key(person, kind)
    return org.refused(a.AskKey, person, request=org.new(), key=new).message


def about(org, request):
    """The request, and whose it is, as acts name them."""
    return {"request": request, "person": org.polity.keys.requests[request].person}


def vouching(org, request):
    """What a vouch names."""
    return about(org, request) | {"key": key_id(org.polity.keys.requests[request].key)}


def vouch(org, request, *keys):
    """Each of these keys' people vouch by it."""
    for secret in keys:
        org.do(a.VouchKey, key_of(org, secret).person, sealed=secret, **vouching(org, request))


def cannot_vouch(org, request, person, sealed=None):
    return org.refused(a.VouchKey, person, sealed=sealed, **vouching(org, request)).message


def stop(org, request, secret):
    org.do(a.StopKey, key_of(org, secret).person, sealed=secret, **about(org, request))


def end(org, ends, by):
    org.do(a.EndKey, key_of(org, by).person, sealed=by, key=id_of(ends))


def cannot_end(org, ends, by):
    return org.refused(a.EndKey, key_of(org, by).person, sealed=by, key=id_of(ends)).message


def over(org, request):
    """How the request ended; "" while it runs."""
    return org.polity.keys.requests[request].ended


def old_keys(org, *people, days=31):
    """A file key of each of these people, known for so many days."""
    keys = [org.first_key(person) for person in people]
    org.wait(days)
    return keys


def on_word(org, person, kind="device"):
    """A light key of the person that the server's word gave beside the first; and the first."""
    first = org.first_key(person, "device")
    return org.first_key(person, kind), first
