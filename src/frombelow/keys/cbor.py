"""Whether bytes are one CBOR map (RFC 8949) as authenticators write extensions: definite lengths, text as keys."""

_BYTES, _TEXT, _LIST, _MAP, _TAG = 2, 3, 4, 5, 6
_WIDTHS = {24: 1, 25: 2, 26: 4, 27: 8}
_DEEPEST = 4


def is_map(data: bytes) -> bool:
    """The bytes are one map with text keys, each once, nothing after it, at most four deep."""
    try:
        return data[0] >> 5 == _MAP and _end(data, 0, 0) == len(data)
    except (IndexError, ValueError):
        return False


def _end(data: bytes, start: int, depth: int) -> int:
    """Where the value that starts here ends. Raises IndexError or ValueError where none does."""
    if depth > _DEEPEST:
        raise ValueError("too deep")
    kind, count, place = _head(data, start)
    if kind in (_BYTES, _TEXT):
        found = _slice(data, place, count)
        if kind == _TEXT:
            found.decode()
        return place + count
    if kind == _MAP:
        return _end_of_map(data, place, count, depth)
    for _ in range({_LIST: count, _TAG: 1}.get(kind, 0)):  # numbers and simple values hold nothing
        place = _end(data, place, depth + 1)
    return place


def _end_of_map(data: bytes, place: int, count: int, depth: int) -> int:
    seen = set()
    for _ in range(count):
        after = _end(data, place, depth + 1)
        key = data[place:after]
        if key[0] >> 5 != _TEXT or key in seen:
            raise ValueError("a key that is not text, or stands twice")
        seen.add(key)
        place = _end(data, after, depth + 1)
    return place


def _head(data: bytes, start: int) -> tuple[int, int, int]:
    """The kind of the value that starts here, its number or count, and where that ends."""
    kind, low = data[start] >> 5, data[start] & 31
    if low > 27:
        raise ValueError("of indefinite length, or reserved")
    width = _WIDTHS.get(low, 0)
    told = _slice(data, start + 1, width)
    return kind, int.from_bytes(told) if width else low, start + 1 + width


def _slice(data: bytes, place: int, length: int) -> bytes:
    if place + length > len(data):
        raise IndexError
    return data[place : place + length]
