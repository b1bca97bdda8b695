"""What `./trama` says when it cannot do what was asked."""

import os
import socket
import subprocess
from pathlib import Path

import pytest

from config.supervisor import installation
from config.supervisor.redis import Redis
from tests.platform.house_rules import ROOT


def trama(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([ROOT / "trama", *arguments], capture_output=True, text=True, check=False, timeout=120)


class TestDoor:
    def test_names_its_commands(self):
        done = trama("help")

        assert done.returncode == 0
        assert all(word in done.stdout for word in ["run", "test", "check", "setup", "manage", "bench"])

    def test_refuses_a_command_it_does_not_know(self):
        done = trama("dance")

        assert done.returncode == 1
        assert "there is no command 'dance'" in done.stderr

    def test_manage_keeps_its_output_pure_and_takes_a_data_folder(self, tmp_path):
        done = trama(
            "manage",
            "--data",
            tmp_path / "data",
            "shell",
            "-v0",
            "-c",
            "from config.settings import base; print(base.DATA)",
        )

        assert done.returncode == 0, done.stderr
        assert done.stdout.strip() == str((tmp_path / "data").resolve())


class TestRun:
    def test_says_that_the_port_is_in_use(self, tmp_path):
        with socket.create_server(("127.0.0.1", 0)) as server:
            port = str(server.getsockname()[1])
            done = trama("run", "--port", port, "--data", tmp_path / "data")

        assert done.returncode == 1
        assert f"Port {port} is in use" in done.stderr

    def test_says_that_the_folder_cannot_be_written(self, tmp_path):
        (tmp_path / "file").write_text("")

        done = trama("run", "--data", tmp_path / "file" / "data")

        assert done.returncode == 1
        assert "cannot be written" in done.stderr

    @pytest.mark.parametrize("port", ["0", "70000", "web"])
    def test_refuses_a_port_that_is_none(self, port):
        done = trama("run", "--port", port)

        assert done.returncode == 2
        assert "--port" in done.stderr

    def test_refuses_a_folder_on_which_another_runs(self, tmp_path):
        lock = installation.take_folder(tmp_path / "data")
        try:
            done = trama("run", "--data", tmp_path / "data")
        finally:
            os.close(lock)

        assert done.returncode == 1
        assert "Another Trama runs on" in done.stderr


class TestRedis:
    def test_keeps_its_password_in_a_private_folder(self, tmp_path):
        first = Redis.prepare(tmp_path / "redis", first_port=20_000)
        second = Redis.prepare(tmp_path / "redis", first_port=20_000)

        assert first.password == second.password
        assert (tmp_path / "redis").stat().st_mode & 0o077 == 0
        assert first.password in first.settings.read_text()
