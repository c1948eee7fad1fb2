"""What a page says, as it is read."""

import html
import re


def read(answer):
    """The words of a page's main part."""
    main = answer.content.decode().partition("<main")[2].partition("</main")[0]
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", f"<main{main}")).split())
