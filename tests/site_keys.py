"""Keys of the cast on the site: bound through the door, and what they seal."""

import json

from frombelow.keys import Ed25519Key, P256Key, SoftPasskey
from frombelow.polity import decode_act, encode_act
from frombelow.polity.keys.acts import AddKey, BindKey
from frombelow.polity.keys.making import id_of, new_key, seal
from frombelow.polity.keys.seals import next_seals
from frombelow.polity.server.acts import SetHosts
from frombelow_site.door import perform

HOST = "tenants.example"
DRAWN = {"device": P256Key.generate, "passkey": lambda: SoftPasskey.generate(HOST, "p256")}


def pages_stand(site, *hosts):
    """Who runs the server says where the pages stand."""
    [mandate] = site.office("administrator").holders
    perform(SetHosts(by=mandate.person, under=mandate.id, hosts=hosts or (HOST,)))


def drawn(site, person, kind="file"):
    """A key that nobody bound yet, and what binds it."""
    secret = DRAWN.get(kind, Ed25519Key.generate)()
    return secret, new_key(secret, kind, origin=site.polity.origin, person=person)


def first_key(site, person, kind="file"):
    """A first key of the person, bound on the server's word."""
    secret, new = drawn(site, person, kind)
    perform(BindKey(by=person, key=new))
    return secret


def added(site, by, person, kind):
    """Another key of the person, sealed by one of theirs."""
    secret, new = drawn(site, person, kind)
    do(site, by, AddKey(by=person, key=new))
    return secret


def sealed(site, secret, act, **other):
    """What an honest device makes of the act now, but for what is said otherwise."""
    known, tree = site.polity.keys.keys.get(id_of(secret)), site.door.replica.tree
    said = {"origin": site.polity.origin, "n": known.n + 1 if known else 1, "until": site.at + 3600, "size": tree.size}
    said |= other
    return seal(secret, act, root=tree.root(min(said["size"], tree.size)), **said)


def do(site, secret, act, *privates):
    """The act stands, sealed by this key."""
    return perform(act, *privates, seal=sealed(site, secret, act))


def sent(act, mark, values=()):
    """What a page hands in, as JSON can hold it."""
    fields = {
        name: getattr(mark, name) for name in mark.__struct_fields__ if isinstance(getattr(mark, name), str | int)
    }
    return {"act": encode_act(act).decode(), "seal": fields, "values": list(values)}


def prepared(browser, address, **fields):
    """What a form would hand in."""
    return [
        decode_act(act.encode()) for act in browser.post(address, fields, headers={"X-Prepare": "act"}).json()["acts"]
    ]


def under(site, key, *acts):
    """What the page's script puts beside a form: these acts under this key's next seals."""
    known = site.polity.keys.keys.get(id_of(key))
    numbers = next_seals(site.polity, known, acts) if known else range(1, len(acts) + 1)
    made = [sent(act, sealed(site, key, act, n=n)) for n, act in zip(numbers, acts, strict=True)]
    return json.dumps([{"act": each["act"], "seal": each["seal"]} for each in made])
