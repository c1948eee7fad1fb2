"""How acts are spelled, as data: for the browser and other programs that make an act's bytes before they are sealed.

It is read off the structs, so a new kind or field is in it at once; the order of the fields is theirs.
"""

from typing import Any

import msgspec
from msgspec import inspect

from .subject import registry

TEXT, NUMBER, EFFECT = "text", "number", "effect"


def spelling() -> dict[str, dict[str, list[dict[str, Any]]]]:
    """By kind, the fields of acts (after ``kind``) and of effects (after ``do``) in the order of their spelling.

    Each has a ``name`` and a ``type``: "text", "number" (whole), "effect", {"list": type}, {"row": [type, …]} or
    {"struct": fields}. One that is ``optional`` may be left out; one with a ``default`` is spelled even where nobody
    said it."""
    return {"acts": _kinds(registry.act_type(), "kind"), "effects": _kinds(registry.effect_type(), "do")}


def _kinds(kinds: Any, tag: str) -> dict[str, list[dict[str, Any]]]:
    found = {}
    for kind in _members(inspect.type_info(kinds)):
        if not (isinstance(kind, inspect.StructType) and kind.tag_field == tag):
            raise TypeError(f"{kind} has no name under “{tag}”")
        found[str(kind.tag)] = [_field(str(kind.tag), field) for field in kind.fields]
    return found


def _field(of: str, field: inspect.Field) -> dict[str, Any]:
    if field.default_factory is not msgspec.NODEFAULT:
        raise TypeError(f"{of}.{field.encode_name}: a default that is made each time cannot be said as data")
    told: dict[str, Any] = {"name": field.encode_name, "type": _type(f"{of}.{field.encode_name}", field.type)}
    if field.default is not msgspec.NODEFAULT:
        told["default"] = msgspec.json.decode(msgspec.json.encode(field.default))
    elif not field.required:
        told["optional"] = True
    return told


def _type(where: str, kind: inspect.Type) -> Any:
    """The word for a type. Raises TypeError for one that no program could spell by this."""
    match kind:
        case inspect.Metadata():
            return _type(where, kind.type)
        case inspect.StrType():
            return TEXT
        case inspect.IntType():
            return NUMBER
        case inspect.LiteralType() if all(isinstance(value, str) for value in kind.values):
            return TEXT
        case inspect.VarTupleType():
            return {"list": _type(where, kind.item_type)}
        case inspect.TupleType():
            return {"row": [_type(where, item) for item in kind.item_types]}
        case inspect.StructType() if kind.tag_field == "do":
            return EFFECT
        case inspect.StructType() if kind.tag_field is None:
            return {"struct": [_field(where, field) for field in kind.fields]}
        case inspect.UnionType():
            words = [_type(where, each) for each in kind.types]
            if all(word == words[0] for word in words):
                return words[0]
    raise TypeError(f"{where}: {type(kind).__name__} has no spelling here; give it one, and one in the page's module")


def _members(kinds: inspect.Type) -> tuple[inspect.Type, ...]:
    return kinds.types if isinstance(kinds, inspect.UnionType) else (kinds,)
