"""Every kind of act and effect, by the name of its class: ``acts.Move``."""

from frombelow.polity.kernel.act import DECISION, SERVER, TIME, Act, Effect, kind_of
from frombelow.polity.kernel.entry import MAX_BYTES, decode, decode_act, encode, encode_act, stamp
from frombelow.polity.kernel.subject import registry

globals().update({kind.act.__name__: kind.act for kind in registry.kinds.values()})
globals().update({kind.effect.__name__: kind.effect for kind in registry.effects.values()})

__all__ = [
    "DECISION", "MAX_BYTES", "SERVER", "TIME", "Act", "Effect", "decode", "decode_act", "encode", "encode_act", "kind_of",
    "stamp",
]  # fmt: skip
