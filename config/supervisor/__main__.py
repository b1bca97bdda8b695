"""`./trama run`: prepare the folder, start Redis, the workers, the clock and the web, and keep them alive."""

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from config.supervisor import ports
from config.supervisor.installation import ROOT, CannotStart, Installation, take_folder
from config.supervisor.keeper import Keeper, Stopped, say
from config.supervisor.redis import Redis, find_server


def arguments(argv: Sequence[str]) -> Installation:
    """Read the command line and the environment."""
    parser = argparse.ArgumentParser(prog="./trama run", description="Serve Trama until Ctrl-C.")
    parser.add_argument("--port", type=int, default=os.environ.get("TRAMA_PORT", "8000"), help="default: 8000")
    parser.add_argument("--data", type=Path, default=os.environ.get("TRAMA_DATA", ROOT / "var"), metavar="DIR")
    options = parser.parse_args(argv)
    if not 0 < options.port < 65_536:
        parser.error(f"--port must be between 1 and 65535, not {options.port}")
    return Installation(options.data.resolve(), os.environ.get("TRAMA_HOST", "127.0.0.1"), options.port)


def start_redis(keeper: Keeper, installation: Installation) -> str:
    """Start a Redis child unless REDIS_URL names one, and return its address.

    :raises CannotStart: if there is no server program, or it does not answer.
    """
    if url := os.environ.get("REDIS_URL"):
        say("Redis: the one that REDIS_URL names.")
        return url
    server = find_server()
    if server is None:
        raise CannotStart("There is no Redis server on this machine: install one, or set REDIS_URL.")
    # Counted from the web's port: two installations that start at the same moment look in different places.
    redis = Redis.prepare(installation.data / "redis", first_port=10_000 + installation.port % 20_000)
    say(f"Redis: {server} on port {redis.port}.")
    keeper.add(redis.command(server, installation.log("redis")))
    if not keeper.wait(redis.answers, seconds=30, every=0.05):
        raise CannotStart(f"Redis does not answer; see {installation.log('redis')}.")
    return redis.url


def serve(keeper: Keeper, installation: Installation) -> None:
    """Bring the database up to date, start the parts, and stay until asked to end.

    :raises CannotStart: if the database cannot be prepared.
    :raises Stopped: when asked to end.
    """
    redis_url = start_redis(keeper, installation)
    if keeper.run_once(installation.manage(redis_url, "prepare")) != [0]:
        raise CannotStart("The database could not be prepared; what is above says why.")
    web, *workers = installation.parts(redis_url)
    say("Starting web ...")
    keeper.add(web)
    # The person is waiting for a page: the others do not compete with it for the processor.
    keeper.wait(lambda: ports.answers_http(installation.host, installation.port), every=0.1)
    say(f"Trama is at {installation.address}  (Ctrl-C ends it; logs in {installation.data / 'logs'})")
    for command in workers:
        say(f"Starting {command.name} ...")
        keeper.add(command)
    keeper.run_once(installation.manage(redis_url, "prepare", "--logins"))
    keeper.wait(lambda: False)


def main(argv: Sequence[str]) -> int:
    """Return 0 after an orderly end, 1 with a sentence if it could not start."""
    installation = arguments(argv)
    try:
        take_folder(installation.data)
        if not ports.is_free(installation.host, installation.port):
            raise CannotStart(f"Port {installation.port} is in use: name another with --port.")
    except CannotStart as obstacle:
        say(str(obstacle))
        return 1
    keeper = Keeper()
    try:
        serve(keeper, installation)
    except Stopped:
        say("Ending ...")
    except CannotStart as obstacle:
        say(str(obstacle))
        return 1
    finally:
        keeper.stop(last=["redis"])
    say("Ended.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
