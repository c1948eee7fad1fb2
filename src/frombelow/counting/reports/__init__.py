"""Reports that people understand: text, an HTML fragment, a picture of the transfers, and "why did she not win?"."""

from .page import as_html
from .sankey import as_sankey
from .text import as_text
from .why import why, why_reasons

__all__ = ["as_html", "as_sankey", "as_text", "why", "why_reasons"]
