"""Random acts of every kind, made from the types of their fields: whatever those allow, edges first. Quick and seeded,
because a hundred thousand are wanted."""

import base64
import re
from functools import cache

import msgspec
from msgspec import inspect

from frombelow.polity.kernel.subject import registry

ODD = [
    "", "a", "“‘’”", "\"", "\\", "\\u0041", "/", "</script>", "\0", "\x01", "\b\t\n\v\f\r", "\x1b", "\x1f", "\x7f", "\x85", "\xa0",
    "\u2028", "\u2029", "\ufeff", "\ufffe", "\uffff", "\ue000", "\ufdd0", "é", "e\u0301", "ß", "ﷺ", "\u202e", "\u200d",
    "😀", "👩‍👩‍👧", "🏳️‍🌈", "\U00010000", "\U0010ffff", "\ud7ff", "日本", "عربي", "null", "{}", "[1,2]", "__proto__", "constructor",
]  # fmt: skip
_FORM = re.compile(r"\^(\w*)\[[^]]+\]\{(\d+)\}\$")
NUMBERS = [0, 1, 9, 10, 255, 2**31 - 1, 2**31, 2**32, 999_999_999_999, 2**53 - 2, 2**53 - 1]


class Acts:
    """Draws acts, one after the other, from a `random.Random`."""

    def __init__(self, random):
        self.random = random
        self.kinds = _kinds(inspect.type_info(registry.act_type()))

    def draw(self, n):
        """An act as plain data, its fields in any order; the kinds take turns."""
        return self.struct(self.kinds[n % len(self.kinds)])

    def struct(self, kind):
        fields = [(kind.tag_field, kind.tag)] if kind.tag_field else []
        for field in kind.fields:
            if field.required or self.random.random() < 0.5:
                fields.append((field.encode_name, self.value(field.type)))
        self.random.shuffle(fields)
        return dict(fields)

    def value(self, kind):
        match kind:
            case inspect.Metadata():
                return self.value(kind.type)
            case inspect.StrType():
                return self.text(kind.min_length or 0, kind.max_length or 60, kind.pattern)
            case inspect.IntType():
                return self.number(kind)
            case inspect.LiteralType():
                return self.random.choice(kind.values)
            case inspect.VarTupleType():
                least = kind.min_length or 0
                return [self.value(kind.item_type) for _ in range(self.random.randint(least, max(least, 3)))]
            case inspect.TupleType():
                return [self.value(item) for item in kind.item_types]
            case inspect.UnionType():
                return self.value(self.random.choice(kind.types))
            case inspect.StructType():
                return self.struct(kind)
        raise TypeError(f"no value is drawn for {kind}")

    def number(self, kind):
        least = kind.ge or 0
        most = kind.le if kind.le is not None else kind.lt - 1
        edge = self.random.choice([least, most, *NUMBERS])
        return edge if least <= edge <= most else self.random.randint(least, most)

    def text(self, least, most, pattern):
        pieces = _fitting(pattern)
        if not pieces:  # of a fixed form: a beginning, and so many letters of some kind
            begins, count = _FORM.match(pattern).groups()
            fit = re.compile(pattern)
            kinds = [sign for sign in map(chr, range(33, 127)) if fit.search(begins + sign * int(count))]
            return begins + "".join(self.random.choices(kinds, k=int(count)))
        most = min(most, 300 if self.random.random() < 0.01 else 12)
        made = "".join(self.random.choice(pieces) for _ in range(self.random.randint(0, 5)))[:most]
        # Letters, so that the length is one that the field allows.
        short = max(0, least - len(made))
        return made + (letters(self.random, short) if pattern is None else "a" * short)


def letters(random, count):
    """So many of the letters of hashes and ids."""
    return base64.urlsafe_b64encode(random.randbytes(count)).decode()[:count]


def _kinds(found):
    return found.types if isinstance(found, inspect.UnionType) else (found,)


@cache
def _fitting(pattern):
    return [piece for piece in ODD if pattern is None or (piece and re.search(pattern, piece))]


def in_its_order(act):
    """The act that this plain data says."""
    return msgspec.convert(act, _any())


@cache
def _any():
    return registry.act_type()
