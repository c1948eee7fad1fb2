"""Exact numbers and how they are written. Inside a count they are units: whole numbers or fractions of 1/scale."""

from fractions import Fraction

Number = int | Fraction


def exact(units: Number, scale: int) -> Number:
    """units / scale as an int where it is one, else as a Fraction."""
    if scale == 1 and isinstance(units, int):
        return units
    value = Fraction(units) / scale
    return value.numerator if value.denominator == 1 else value


def places_of(scale: int) -> int | None:
    """d where scale is 10^d, else None."""
    text = str(scale)
    return len(text) - 1 if text.rstrip("0") == "1" else None


def decimal(value: Number, places: int = 5) -> str:
    """The value with so many decimals, cut off (towards zero), for people: exact values may be longer."""
    whole, part = divmod(max(value, -value), Fraction(1))
    digits = f".{int(part * 10**places):0{places}d}" if places else ""
    return f"{'-' if value < 0 else ''}{whole}{digits}"


def written(units: Number, scale: int, places: int | None) -> str:
    """units / scale exactly: as a decimal with ``places`` digits where scale is 10^places, else as "a/b" or "a"."""
    if places is not None and isinstance(units, int):
        if not places:
            return str(units)
        text = str(units).zfill(places + 1) if units >= 0 else "-" + str(-units).zfill(places + 1)
        return f"{text[:-places]}.{text[-places:]}"
    return str(exact(units, scale))


def short(value: Number) -> str:
    """The value as people read it in a sentence: two decimals where it is not whole, five where two would show
    nothing, thousands apart."""
    if value.denominator == 1:
        return f"{int(value):,}"
    two = decimal(value, 2)
    whole, part = (two if two.strip("-0.") else decimal(value, 5)).split(".")
    return f"{int(whole):,}.{part}" if int(whole) or value > 0 else f"{whole}.{part}"
