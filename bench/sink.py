"""A mail server that takes every letter and counts it: python -m bench.sink PORT FILE; the file has a byte for each."""

import asyncio
import os
import sys
from pathlib import Path

from aiosmtpd.smtp import SMTP


class Counting:
    def __init__(self, place: Path) -> None:
        self.file = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_APPEND)

    async def handle_DATA(self, _server: object, _session: object, _envelope: object) -> str:  # noqa: N802
        os.write(self.file, b".")
        return "250 taken"


def main() -> None:
    port, handler = int(sys.argv[1]), Counting(Path(sys.argv[2]))
    loop = asyncio.new_event_loop()
    loop.run_until_complete(loop.create_server(lambda: SMTP(handler, loop=loop), "127.0.0.1", port))
    loop.run_forever()


if __name__ == "__main__":
    main()
