"""The rulebook: articles with text and settings, read from TOML, put in words, changed as its own articles demand."""

from .book import Article, OfficeRule, Rulebook, RulebookError, known_powers, read_rulebook

__all__ = ["Article", "OfficeRule", "Rulebook", "RulebookError", "known_powers", "read_rulebook"]
