"""Dovecot with Pigeonhole: IMAP, POP3 and ManageSieve. Instances as in `postfix.py`."""

import shutil

from .daemon import all_greet, fill, start
from .postfix import INSTANCES, SASL

PORTS = {"imap": 143, "imaps": 993, "pop3": 110, "pop3s": 995, "sieve": 4190}
GREETINGS = {
    "imap": b"* OK ",
    "imaps": b"* OK ",
    "pop3": b"+OK ",
    "pop3s": b"+OK ",
    "sieve": b'"IMPLEMENTATION"',
}


def start_all(internet, home, logs):
    return [start_instance(name, hosts, internet, home, logs) for name, hosts in INSTANCES.items()]


def start_instance(instance, hosts, internet, home, logs):
    name = f"dovecot-{instance}"
    directory = home / name
    directory.mkdir()
    (directory / "mail").mkdir()
    shutil.chown(directory / "mail", "dovecot")
    addresses = {
        service: [
            address
            for host in hosts
            if service in host.services
            for address in internet.addresses(host.name)
        ]
        for service in PORTS
    }
    sasl_address, sasl_port = SASL[instance].split(":")
    settings = fill(
        "dovecot/dovecot.conf",
        HOME=directory,
        NAME=name,
        LOG=logs / f"{name}.log",
        SASL_ADDRESS=sasl_address,
        SASL_PORT=sasl_port,
        LOCAL="".join(local(host, internet) for host in hosts),
        **{service: listener(service, addresses[service]) for service in PORTS},
    )
    (directory / "dovecot.conf").write_text(settings)
    # Each service once: all its addresses are bound by the time that one answers.
    doors = [(found[0], PORTS[service], GREETINGS[service]) for service, found in addresses.items() if found]
    return start(name, ["dovecot", "-F", "-c", directory / "dovecot.conf"], logs, all_greet(doors))


def listener(service, addresses):
    if not addresses:
        return "port = 0"
    return f"port = {PORTS[service]}\n    address = {' '.join(addresses)}"


def local(host, internet):
    """The host's certificates and whatever else is its own, in a block for each address."""
    first, *second = [internet.certificates / name for name in host.served]
    lines = [f"ssl_cert = <{first}.pem", f"ssl_key = <{first}.key", *host.dovecot]
    for other in second:
        lines += [f"ssl_alt_cert = <{other}.pem", f"ssl_alt_key = <{other}.key"]
    body = "".join(f"  {line}\n" for line in lines)
    return "".join(f"local {address} {{\n{body}}}\n" for address in internet.addresses(host.name))
