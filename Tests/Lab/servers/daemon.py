"""A server of the Lab: started with a log of its own, and waited for until it answers."""

import socket
import ssl
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Callable

START_LIMIT = 20.0  # seconds until every server must answer; about two are usual
POLL_INTERVAL = 0.02
TEMPLATES = Path(__file__).resolve().parent / "etc"


@dataclass
class Daemon:
    name: str
    process: subprocess.Popen
    log: Path
    is_ready: Callable
    addresses: tuple = ()  # of a name server


def start(name, command, logs, is_ready, addresses=()):
    log = logs / (name + ".log")
    # Standard output must not be inherited: the caller waits for its end. Some servers write to the
    # log by its name as well, hence appending.
    with log.open("a") as output:
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=output, stderr=output)
    return Daemon(name, process, log, is_ready, addresses)


def all_answer(daemons):
    limit = time.monotonic() + START_LIMIT
    for daemon in daemons:
        while not daemon.is_ready():
            if daemon.process.poll() is not None or time.monotonic() > limit:
                reason = "ended" if daemon.process.returncode is not None else "does not answer"
                print(f"lab: {daemon.name} {reason}; its log:", file=sys.stderr)
                print(daemon.log.read_text(errors="replace"), file=sys.stderr)
                return False
            time.sleep(POLL_INTERVAL)
    return True


def all_greet(doors):
    """Whether a client is greeted at each of `doors`: (address, port, how the greeting begins)."""

    waiting = list(doors)

    def ready():
        waiting[:] = [door for door in waiting if not greets(*door)]
        return not waiting

    return ready


def greets(address, port, greeting):
    """With an empty greeting it is enough that the connection is accepted."""
    try:
        with socket.create_connection((address, port), timeout=0.5) as client:
            if port not in IMPLICIT_TLS or not greeting:
                return not greeting or client.recv(512).startswith(greeting)
            with TRUSTING.wrap_socket(client) as inside:
                return inside.recv(512).startswith(greeting)
    except OSError:
        return False


IMPLICIT_TLS = (465, 993, 995)
# Who is there is asked, not who it is: half of the certificates are sick on purpose.
TRUSTING = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
TRUSTING.check_hostname = False
TRUSTING.verify_mode = ssl.CERT_NONE


def fill(template, **values):
    """The text of a file below etc/, with @NAME@ replaced."""
    text = (TEMPLATES / template).read_text()
    for name, value in values.items():
        text = text.replace(f"@{name}@", str(value))
    return text
