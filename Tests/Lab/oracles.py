"""What two other validators say of an answer in the Lab: unbound-host and delv, with the Lab's root key.

Both ask the resolver that does not validate: the other one would not let them see what is bogus. Inside a Lab only.
"""

import re
import subprocess

SECURE, INSECURE, BOGUS, INDETERMINATE = "secure", "insecure", "bogus", "indeterminate"

RESOLVER = "192.0.2.53"
RUN_LIMIT = 60  # seconds until one run counts as hung

# unbound-host answers for the documentation networks itself unless told not to.
REVERSE_ZONES = (
    "2.0.192.in-addr.arpa.",
    "100.51.198.in-addr.arpa.",
    "113.0.203.in-addr.arpa.",
    "8.b.d.0.1.0.0.2.ip6.arpa.",
)


class Oracles:
    def __init__(self, scratch, directory):
        """`directory` is for what they read."""
        self.anchor = scratch / "anchor.key"
        self.unbound_options = directory / "unbound-host.conf"
        zones = "".join(f'  local-zone: "{zone}" nodefault\n' for zone in REVERSE_ZONES)
        self.unbound_options.write_text("server:\n" + zones)
        self.delv_anchor = directory / "anchor.delv"
        flags, protocol, algorithm, *key = self.anchor.read_text().split(";")[0].split()[3:]
        record = f'{flags} {protocol} {algorithm} "{"".join(key)}"'
        self.delv_anchor.write_text(f"trust-anchors {{ . static-key {record}; }};\n")

    def unbound(self, name, kind):
        command = ["unbound-host", "-C", self.unbound_options, "-f", self.anchor, "-r", "-v", "-t", kind, name]
        said = run(command)
        words = {word for pattern, word in UNBOUND.items() if re.search(pattern, said, re.MULTILINE)}
        return words.pop() if len(words) == 1 else f"nothing: {said.strip()}"

    def delv(self, name, kind):
        said = run(["delv", f"@{RESOLVER}", "-a", self.delv_anchor, "+root", name, kind])
        # An answer with aliases is in several parts.
        words = {word for pattern, word in DELV.items() if re.search(pattern, said, re.MULTILINE)}
        return next((word for word in (BOGUS, INSECURE, SECURE) if word in words), INDETERMINATE)


UNBOUND = {
    r" \(secure\)$": SECURE,
    r" \(insecure\)$": INSECURE,
    r" \(BOGUS \(security failure\)\)$": BOGUS,
    r" \(error\)$": INDETERMINATE,
}
DELV = {
    r"^; (negative response, )?fully validated$": SECURE,
    r"^; (negative response, )?unsigned answer$": INSECURE,
    r"^;; resolution failed: (broken trust chain|no valid|RRSIG failed to verify|insecurity proof failed)": BOGUS,
}


def run(command):
    return subprocess.run(
        [str(word) for word in command],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="latin-1",
        timeout=RUN_LIMIT,
    ).stdout
