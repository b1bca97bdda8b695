"""TCP ports: is one free, which one is, does somebody answer there."""

import http.client
import socket


def is_free(host: str, port: int) -> bool:
    """Return True if a server could listen there now."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        # A port that an ended server left in TIME_WAIT is free for the next one.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
            probe.listen(1)
        except OSError:
            return False
    return True


def first_free(host: str, start: int) -> int:
    """Return the first free port from `start` on.

    Below the range from which the kernel takes ports for outgoing connections: nobody takes it by chance while
    the server that listens there is being restarted.
    """
    return next(port for port in range(start, 65_536) if is_free(host, port))


def answers_http(host: str, port: int) -> bool:
    """Return True if a web server answers, whatever it says."""
    connection = http.client.HTTPConnection(host, port, timeout=5)
    try:
        connection.request("GET", "/")
        connection.getresponse()
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
    return True
