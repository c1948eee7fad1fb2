"""``python -m frombelow`` is the command ``frombelow``."""

from .cli import main

main()
