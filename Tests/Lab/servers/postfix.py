"""Postfix: 25, 587 and 465. One instance for each of the two model hosts, one for all patients."""

import os
import shutil

from .daemon import all_greet, fill, start
from .hosts import FLYING_CIRCUS, PATIENTS, SIMPLE_NIXOS_MAILSERVER

MASTER = "/usr/lib/postfix/sbin/master"
INSTANCES = {"snm": SIMPLE_NIXOS_MAILSERVER, "fc": FLYING_CIRCUS, "patients": PATIENTS}
PORTS = {"smtp": 25, "submission": 587, "submissions": 465}
# Where the instance's Dovecot says whether a password is right.
SASL = {"snm": "127.0.0.1:12001", "fc": "127.0.0.1:12002", "patients": "127.0.0.1:12003"}


def start_all(internet, home, logs):
    return [start_instance(name, hosts, internet, home, logs) for name, hosts in INSTANCES.items()]


def start_instance(instance, hosts, internet, home, logs):
    name = f"postfix-{instance}"
    directory = home / name
    directory.mkdir()
    make_queue(directory)
    domains = sorted({domain for host in hosts for domain in internet.domains_of(host.says or host.name)})
    values = {"HOME": directory, "LOG": logs / f"{name}.log", "SASL": SASL[instance]}
    (directory / "main.cf").write_text(fill("postfix/main.cf", DOMAINS=" ".join(domains), **values))
    (directory / "openssl.cnf").write_text(fill("postfix/openssl.cnf"))
    doors = [
        (address, service, host)
        for host in hosts
        for service in host.services
        if service in PORTS
        for address in internet.addresses(host.name)
    ]
    services = [door(*each, internet) for each in doors] + [fill("postfix/services.cf")]
    (directory / "master.cf").write_text("".join(services))
    # Postfix waits until main.cf has been left alone for two seconds.
    os.utime(directory / "main.cf", (0, 0))
    # master listens everywhere before it serves anybody, and each answer costs a process: one will do.
    address, service, _ = doors[0]
    # What master has to say before it listens goes to the system's log and nowhere else; postconf
    # tells its own standard error what is wrong with master.cf.
    command = ["sh", "-c", 'postconf -c "$1" -M >/dev/null && exec "$0" -c "$1"', MASTER, directory]
    return start(name, command, logs, all_greet([(address, PORTS[service], b"220 ")]))


def door(address, service, host, internet):
    text = fill(
        f"postfix/{service}.cf",
        ADDRESS=f"[{address}]" if ":" in address else address,
        NAME=host.says or host.name,
        CERTIFICATES=",".join(str(internet.certificates / f"{name}.all") for name in host.served),
    )
    return text + "".join(f"    -o {option}\n" for option in host.postfix.get(service, ()))


def make_queue(directory):
    """What `postfix check` would make; that takes a third of a second for each instance."""
    (directory / "data").mkdir()
    shutil.chown(directory / "data", "postfix")
    queue = directory / "queue"
    queue.mkdir()
    (queue / "pid").mkdir()
    own = "active bounce corrupt defer deferred flush hold incoming private saved trace"
    for name, mode, group in [
        *[(name, 0o700, "root") for name in own.split()],
        ("maildrop", 0o730, "postdrop"),
        ("public", 0o710, "postdrop"),
    ]:
        (queue / name).mkdir()
        shutil.chown(queue / name, "postfix", group)
        os.chmod(queue / name, mode)
