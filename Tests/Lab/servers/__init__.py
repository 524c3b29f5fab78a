"""The Lab's certificate authority and its mail and web servers. `lab` makes the one and starts the
others; hosts.py says which host offers what, ca.py with which certificate, the zones where it is.
"""

import sys
from dataclasses import dataclass
from pathlib import Path

from . import ca, dovecot, nginx, postfix, scripted, stapled


PACKAGES = {
    "openssl": "openssl",
    postfix.MASTER: "postfix",
    "dovecot": "dovecot-core",
    "/usr/lib/dovecot/imap-login": "dovecot-imapd",
    "/usr/lib/dovecot/pop3-login": "dovecot-pop3d",
    "/usr/lib/dovecot/managesieve-login": "dovecot-managesieved",
    "sievec": "dovecot-sieve",
    "nginx": "nginx-light",
}

# The Lab's own files once more, under a name that the servers' users may walk: the caller's
# directory may be in root's home. The machine's own queue is hidden behind it and left alone.
HOME = Path("/var/spool/postfix")


@dataclass
class Internet:
    """What the servers must know of the world around them."""

    zones: list
    certificates: Path

    def addresses(self, name):
        found = [data for zone in self.zones for _, data in zone.addresses(name + ".")]
        if not found:
            sys.exit(f"lab: {name} has no address in any zone.")
        return found

    def domains_of(self, host):
        """The domains whose mail comes to this host."""
        for zone in self.zones:
            for owner, kind, data in zone.records:
                if kind == "MX" and data.split()[-1] == host + ".":
                    yield owner.rstrip(".")


def add_tlsa(zones, directory):
    """The `;; tlsa OWNER CERTIFICATE USAGE SELECTOR MATCHING` lines: records whose data is not known before
    the certificates are made."""
    for zone in zones:
        for owner, certificate, *parameters in zone.lines("tlsa"):
            zone.derived.append(f"{owner} TLSA {ca.tlsa(directory, certificate, *parameters)}")


def start_all(zones, logs):
    internet = Internet(zones, HOME / "ca")
    modules = (postfix, dovecot, nginx, scripted, stapled)
    return [daemon for module in modules for daemon in module.start_all(internet, HOME, logs)]
