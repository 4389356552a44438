"""A server in a separate process, started like `octome browse`, and its log."""

from __future__ import annotations

import os
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urlsplit

SCRIPT = """
import sys
from pathlib import Path
{before}
from octome.standard.library import open_library
from octome.web.server import serve

if __name__ == "__main__":
    with open_library(Path(sys.argv[1])) as library:
        serve(library, "/ciods", 0, opens=False, notify=lambda line: print(line, flush=True))
"""


@dataclass
class ServerProcess:
    """Where it listens; `log` is what it wrote on standard error, once it has ended."""

    port: int
    log: list[str] = field(default_factory=list)

    def get(self, path: str = "/ciods/ct-image") -> int:
        """The status of a page."""
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=60) as answer:
            answer.read()
            return int(answer.status)

    def post(self, content: bytes, path: str = "/inspect.json") -> tuple[int, str]:
        """Status and text of the answer to a file."""
        head = b'--xx\r\nContent-Disposition: form-data; name="file"; filename="a.dcm"\r\n\r\n'
        kind = {"Content-Type": "multipart/form-data; boundary=xx"}
        address = f"http://127.0.0.1:{self.port}{path}"
        request = urllib.request.Request(address, head + content + b"\r\n--xx--\r\n", kind)
        try:
            with urllib.request.urlopen(request, timeout=120) as answer:
                return int(answer.status), answer.read().decode()
        except HTTPError as error:
            return error.code, error.read().decode()


@contextmanager
def server_process(
    store: Path, folder: Path, before: str = "", **environment: str
) -> Iterator[ServerProcess]:
    """A server that runs `before` first: to have fewer files, say."""
    script = folder / "serve.py"
    script.write_text(SCRIPT.format(before=before))
    process = subprocess.Popen(
        [sys.executable, script, store],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=os.environ | environment,
    )
    assert process.stdout is not None
    try:
        address = process.stdout.readline().split()[3]
        server = ServerProcess(urlsplit(address).port or 0)
        yield server
    finally:
        process.terminate()
        server.log += process.communicate(timeout=30)[1].splitlines()
