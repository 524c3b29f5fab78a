"""The zones of the Lab: read from their files, completed with what is derived, signed, and written as they are served.

README.md beside this file says what the lines that begin with `;; ` mean.
"""

import ipaddress
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

import signing

HERE = Path(__file__).resolve().parent
FOLDERS = ("Internet", "Zoo", "Signed")


@dataclass
class Zone:
    origin: str  # absolute, lower case: "snm.example."
    text: str  # the file as it is in the repository
    records: list  # (owner, type, data), absolute names, lower case
    derived: list = field(default_factory=list)  # lines for what other zones want in this one
    path: Path = None  # where the name server reads it
    other_path: Path = None  # where the server `other` reads it, if that has other signatures

    def addresses(self, name):
        return [(kind, data) for owner, kind, data in self.records if owner == name and kind in ("A", "AAAA")]

    def name_servers(self):
        return [data for owner, kind, data in self.records if owner == self.origin and kind == "NS"]

    def lines(self, keyword):
        """The words behind the keyword of each line `;; KEYWORD WORD...`."""
        found = (line.split() for line in self.text.splitlines())
        return [words[2:] for words in found if words[:2] == [";;", keyword]]


def read_zones():
    """All zone files; a file is named after its origin, with the full list of records by ldns."""
    paths = [path for folder in FOLDERS for path in sorted((HERE / folder).glob("*.zone"))]
    texts = [text_of(path) for path in paths]
    readers = [start_reader(text) for text in texts]
    return [read_zone(*each) for each in zip(paths, texts, readers)]


def text_of(path):
    """The file, and behind it the records of another one if a line `;; like ZONE` says so: the healthy twin's."""
    text = path.read_text()
    for line in text.splitlines():
        match line.split():
            case [";;", "like", twin]:
                text += path.with_name(f"{twin}.zone").read_text().partition("\n$ORIGIN ")[2].partition("\n")[2]
    return text


def start_reader(text):
    with tempfile.TemporaryFile("w+") as file:
        file.write(text)
        file.flush()
        command = ["ldns-read-zone", "/dev/stdin"]
        return subprocess.Popen(command, stdin=file, stdout=subprocess.PIPE, text=True)


def read_zone(path, text, reader):
    origin = "." if path.stem == "root" else path.stem + "."
    return Zone(origin, text, records_of(path, reader))


def records_of(path, reader):
    records = []
    for line in reader.communicate()[0].splitlines():
        owner, _, _, kind, data = line.split("\t", 4)
        records.append((owner.lower(), kind, data.lower() if kind in ("NS", "A", "AAAA") else data))
    if reader.returncode != 0:
        sys.exit(f"lab: {path} is not a zone file.")
    return records


def read_served(directory):
    """The zones as `publish` wrote them, with all that was derived."""
    paths = sorted(directory.glob("*zone"))
    texts = [path.read_text() for path in paths]
    readers = [start_reader(text) for text in texts]
    # A file is named after its origin here too, but with the dot.
    return [
        Zone(path.name.removesuffix("zone"), text, records_of(path, reader))
        for path, text, reader in zip(paths, texts, readers)
    ]


def publish(zones, keys, directory):
    """Adds to each zone what others want in it, and writes the files that are served, signed if there is a key.

    Children come before parents: a child's delegation and its DS are known when its parent is written.
    """
    by_origin = {zone.origin: zone for zone in zones}
    directory.mkdir()
    for zone in zones:
        for address, name in zone.lines("ptr"):
            # A reverse zone's record, kept beside the host that it is for.
            pointer = ipaddress.ip_address(address).reverse_pointer + "."
            enclosing(by_origin, pointer).derived.append(f"{pointer} PTR {name}")
    for zone in sorted(zones, key=lambda zone: -zone.origin.count(".") if zone.origin != "." else 1):
        if zone.origin != ".":
            delegate(zone, keys, parent=enclosing(by_origin, parent_name(zone.origin)))
        zone.derived += glue(zone, by_origin)
        zone.path = directory / (zone.origin + "zone")
        text = "\n".join([zone.text, f"$ORIGIN {zone.origin}", *zone.derived, ""])
        zone.path.write_text(text)
        if zone.lines("other-signed"):
            zone.other_path = directory / (zone.origin + "other")
            zone.other_path.write_text(text)
    signing.sign(zones, keys)
    return zones


def delegate(zone, keys, parent):
    servers = delegated_to(zone)
    parent.derived += [f"{zone.origin} NS {server}" for server in servers]
    parent.records += [(zone.origin, "NS", server) for server in servers]
    if zone.origin in keys and (signer := signing.delegation_signer(zone, keys[zone.origin])):
        parent.derived.append(signer)


def delegated_to(zone):
    """The parent's NS records: those of the zone, unless lines `;; parent NAME` say otherwise."""
    return [word for line in zone.lines("parent") for word in line] or zone.name_servers()


def glue(zone, by_origin):
    """Addresses of name servers that lie below this zone and that it does not hold itself.

    They are what the zone that does hold them says, unless its lines `;; glue NAME ADDRESS` say otherwise.
    """
    targets = {data for _, kind, data in zone.records if kind == "NS" and is_below(data, zone.origin)}
    for target in sorted(targets):
        if not zone.addresses(target):
            holder = enclosing(by_origin, target)
            wrong = [("AAAA" if ":" in data else "A", data) for name, data in holder.lines("glue") if name == target]
            for kind, address in wrong or holder.addresses(target):
                yield f"{target} {kind} {address}"


def other_copy(zone):
    """The zone as the server `other` has it: lines `;; other OWNER [TTL] TYPE DATA` take the place of the records of
    the same owner and type."""
    own = zone.lines("other")
    replaced = {
        (absolute(owner, zone.origin), next(word for word in rest if not word.isdigit())) for owner, *rest in own
    }
    kept = [f"{owner} {kind} {data}" for owner, kind, data in zone.records if (owner, kind) not in replaced]
    lines = [" ".join(words) for words in own]
    return "\n".join([f"$ORIGIN {zone.origin}", "$TTL 300", *kept, *lines, ""])


def absolute(name, origin):
    if name == "@":
        return origin
    return name if name.endswith(".") else child(name, origin)


def enclosing(by_origin, name):
    while name not in by_origin:
        name = parent_name(name)
    return by_origin[name]


def parent_name(name):
    return name.split(".", 1)[1] or "."


def child(label, origin):
    return f"{label}." if origin == "." else f"{label}.{origin}"


def is_below(name, origin):
    return origin == "." or name == origin or name.endswith("." + origin)
