"""What is said of a card, where it is shown and where it is printed, in the languages in which it has words."""

from types import MappingProxyType
from typing import NamedTuple


class Said(NamedTuple):
    """The sentences in one language."""

    title: str
    warning: str
    key: str
    organization: str
    day: str
    can: str
    what: tuple[str, ...]
    keep: str
    how: tuple[str, ...]
    shown: str
    printed: str


SAID = MappingProxyType(
    {
        "en": Said(
            title="Your From Below card",
            warning="Who holds this card can act as its owner.",
            key="Its key",
            organization="Organization",
            day="Made on",
            can="What it can do",
            what=(
                "Act, vote and approve in your name, as your other keys do.",
                "End any other key of yours, at once.",
                "Bring you back when every phone and computer is lost or stolen.",
                "Be bound again where the organization moves to another address, and sign for a successor.",
                "Open what is sealed to you, and vote in secret ballots.",
            ),
            keep="How to keep it",
            how=(
                "On paper, where you keep a passport. A second copy at another place is better than one.",
                "Take no picture of it, send it to nobody, and put it in no cloud. Nobody has a reason to ask for it.",
                "One card is for one organization: it can do nothing until you have bound it there.",
                "If it is lost, or somebody may have seen it: end its key with another key of yours, make a new card.",
            ),
            shown="Nothing was stored or sent: these words are shown once. Write them down, then clear the screen.",
            printed="Nothing was sent. {path} holds the same words; you alone can read it. Print it, then delete it.",
        ),
        "es": Said(
            title="Tu tarjeta de From Below",
            warning="Quien tiene esta tarjeta puede actuar en nombre de su titular.",
            key="Su llave",
            organization="Organización",
            day="Hecha el",
            can="Qué puede hacer",
            what=(
                "Actuar, votar y aprobar en tu nombre, como tus otras llaves.",
                "Terminar en el acto cualquier otra llave tuya.",
                "Devolverte el acceso si pierdes o te roban todos los dispositivos.",
                "Vincularse de nuevo si la organización se muda a otra dirección, y firmar por una sucesora.",
                "Abrir lo que se selló para ti y votar en votaciones secretas.",
            ),
            keep="Cómo guardarla",
            how=(
                "En papel, donde guardas el pasaporte. Dos copias en dos lugares son mejor que una.",
                "No le hagas fotos, no la envíes ni la subas a ninguna nube. Nadie tiene motivo para pedírtela.",
                "Una tarjeta es para una organización: no puede hacer nada hasta que la hayas vinculado allí.",
                "Si se pierde, o alguien pudo verla: termina su llave con otra llave tuya y haz una tarjeta nueva.",
            ),
            shown="No se guardó ni se envió nada: estas palabras se muestran solo esta vez. Anótalas y luego borra la "
            "pantalla.",
            printed="No se envió nada. {path} contiene las mismas palabras y solo tú puedes leerlo: imprímelo y luego "
            "bórralo.",
        ),
    }
)
