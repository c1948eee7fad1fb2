"""From Below: an organization is its record; anyone can replay it."""

__version__ = "0.1.0"
