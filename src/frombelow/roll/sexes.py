"""Woman, man or another, as other programs and people write it."""

from collections.abc import Iterable

from .headings import key
from .sentences import Reason, reason

WOMAN, MAN, ANOTHER = SEXES = ("woman", "man", "another")

_WORDS = {
    WOMAN: "woman,women,female,fem,femenino,femenina,mujer,mujeres,hembra,weiblich,frau,femme,f,w",
    MAN: "man,men,male,masc,masculino,hombre,hombres,varón,männlich,mann,homme,h,v",
    ANOTHER: "another,other,others,nonbinary,non-binary,nb,enby,genderqueer,divers,diverse,x,o,d,otro,otra,otre,otros,"
    "no binario,no binaria,no binarie,otra identidad",
    "": "not said,prefer not to say,no answer,not stated,ns,nc,ns/nc,no consta,no contesta,sin especificar,"
    "prefiero no decirlo,no dice",
}
_READ = {key(word): sex for sex, words in _WORDS.items() for word in words.split(",")}
# One letter is man beside woman, and mujer beside hombre.
_BOTH = "m"
_WITH_MAN, _WITH_WOMAN = frozenset("fw"), frozenset("hv")


def letter_in(cells: Iterable[str]) -> str:
    """Whom the letter M stands for in a column: man beside F or W, woman beside H or V; "" where nothing tells.

    >>> letter_in(["M", "F"]), letter_in(["M", "H"]), letter_in(["M", "M"]), letter_in(["M", "F", "H"])
    ('man', 'woman', '', '')
    """
    letters = {letter for cell in cells if len(letter := key(cell[:4])) == 1}
    told = {sex for sex, beside in ((MAN, _WITH_MAN), (WOMAN, _WITH_WOMAN)) if letters & beside}
    return told.pop() if len(told) == 1 else ""


def read_sex(text: str, letter: str = "") -> str | Reason:
    """One of ``SEXES``, "" where it is said that nothing is, or why it cannot be told. ``letter``: whom M is."""
    word = key(text)
    if word == _BOTH:
        return letter or reason("sex unclear", text=text)
    found = _READ.get(word)
    return reason("sex unknown", text=text) if found is None else found
