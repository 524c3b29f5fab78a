"""Keys, signatures and DS records of the Lab's zones, made by the ldns utilities, and what can be wrong with them.

The lines of a zone file that ask for them are `;; sign`, `;; ds` and `;; damage`; README.md beside this file says more.
"""

import re
import subprocess
import sys

# What a zone is signed with unless it says otherwise.
ALGORITHM = "ECDSAP256SHA256"
# A number that no algorithm has (IANA, DNS Security Algorithm Numbers).
UNKNOWN_ALGORITHM = 200


def words(zone):
    """Those of the line `;; sign [ALGORITHM [OPTION...]]`, options being those of ldns-signzone; None without."""
    for line in zone.lines("sign"):
        return line or [ALGORITHM]
    return None


def make_keys(zones, directory):
    """For each zone that is signed one key, for itself and the records; its path without .key and .private."""
    directory.mkdir()
    makers = {}
    for zone in zones:
        if words(zone):
            # The length is of RSA keys.
            command = ["ldns-keygen", "-k", "-a", words(zone)[0], "-b", "2048", zone.origin]
            makers[zone.origin] = subprocess.Popen(command, cwd=directory, stdout=subprocess.PIPE, text=True)
    keys = {origin: directory / maker.communicate()[0].strip() for origin, maker in makers.items()}
    for origin, maker in makers.items():
        if maker.returncode != 0:
            sys.exit(f"lab: {origin} gets no key: what does its line `;; sign` say?")
    return keys


def write_anchors(key, directory):
    """The root's key for whoever validates: as DS and as DNSKEY record, a file each."""
    (directory / "anchor.ds").write_text(ds(key) + "\n")
    (directory / "anchor.key").write_text(key.with_name(key.name + ".key").read_text())


# -- DS records ------------------------------------------------------------------------------

SHA1, SHA256 = "-1", "-2"


def delegation_signer(zone, key):
    """The DS record for the zone's parent, as the line `;; ds none|sha1|wrong` wants it; None without."""
    match [word for line in zone.lines("ds") for word in line]:
        case ["none"]:
            return None
        case ["sha1"]:
            return ds(key, SHA1)
        case ["wrong"]:
            # The right key tag, algorithm and digest type, and a digest of nothing.
            return re.sub("[0-9a-f]{64}$", "0" * 64, ds(key))
        case []:
            if ["unknown-algorithm"] in zone.lines("damage"):
                return ds(with_unknown_algorithm(key))
            return ds(key)
    sys.exit(f"lab: {zone.origin}: what does its line `;; ds` say?")


def ds(key, digest=SHA256):
    command = ["ldns-key2ds", "-n", digest, f"{key}.key"]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


def with_unknown_algorithm(key):
    """The public key once more, so that tag and digest are of the record that the damaged zone has."""
    copy = key.with_name(key.name + ".unknown")
    record = key.with_name(key.name + ".key").read_text()
    key.with_name(copy.name + ".key").write_text(renumbered(record))
    return copy


def renumbered(record):
    return re.sub(r"(\tDNSKEY\t257 3) \d+", rf"\1 {UNKNOWN_ALGORITHM}", record)


# -- Signatures ------------------------------------------------------------------------------


def sign(zones, keys):
    """In place, all at once; the signatures are valid from now on, for four weeks, unless the zone says otherwise."""
    signed = [zone for zone in zones if zone.origin in keys]
    files = [(zone, zone.path, words(zone)[1:]) for zone in signed]
    files += [(zone, zone.other_path, options) for zone in signed for options in zone.lines("other-signed")]
    # Standard output is for "ready" alone.
    signers = [
        subprocess.Popen(
            signer(zone, path, options, keys[zone.origin]),
            cwd=keys[zone.origin].parent,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        for zone, path, options in files
    ]
    for (zone, _, options), process in zip(files, signers):
        said = process.communicate()[0]
        if process.returncode != 0:
            sys.exit(f"lab: {zone.origin} cannot be signed with the options {options}.\n{said}")
    for zone in signed:
        damage(zone, keys[zone.origin])


def signer(zone, path, options, key):
    files = ["-o", zone.origin, "-f", path, path, key]
    if options != ["opt-out"]:
        return ["ldns-signzone", *options, *files]
    # ldns-signzone sets the flag and has NSEC3 records of unsigned delegations all the same. That of BIND wants the
    # key in the zone.
    with path.open("a") as file:
        file.write(key.with_name(key.name + ".key").read_text())
    return ["dnssec-signzone", "-z", "-P", "-3", "-", "-H", "0", "-A", "-O", "full", *files]


def damage(zone, key):
    """What the lines `;; damage KIND` say, done to the signed zone."""
    lines = zone.path.read_text().splitlines()
    for kind in zone.lines("damage"):
        match kind:
            case ["strip-signatures"]:
                lines = without(lines, DENIAL | {"RRSIG"})
            case ["strip-nsec"]:
                lines = without(lines, DENIAL)
            case ["drop-dnskey"]:
                lines = without(lines, {"DNSKEY"})
            case ["change-address"]:
                lines = [CHANGED.sub(r"\g<1>99", line) for line in lines]
            case ["unknown-algorithm"]:
                tag = delegation_signer(zone, key).split()[4]
                lines = [of_unknown_algorithm(line, tag) for line in lines]
            case _:
                sys.exit(f"lab: {zone.origin}: what does its line `;; damage` say?")
    if zone.lines("damage"):
        zone.path.write_text("\n".join([*lines, ""]))


# Dropped together with the signatures over them, as is whatever else is dropped.
DENIAL = {"NSEC", "NSEC3", "NSEC3PARAM"}
# The last number of an address, of a line of ldns.
CHANGED = re.compile(r"(\tA\t[0-9.]+\.|\tAAAA\t[0-9a-f:]+:)[0-9a-f]+$")


def without(lines, kinds):
    def is_kept(line):
        _, _, _, kind, data = line.split("\t", 4)
        return kind not in kinds and not (kind == "RRSIG" and data.split()[0] in kinds)

    return [line for line in lines if is_kept(line)]


def of_unknown_algorithm(line, tag):
    signature = r"(\tRRSIG\t\S+) \d+ (\d+ \d+ \d+ \d+) \d+"
    return re.sub(signature, rf"\g<1> {UNKNOWN_ALGORITHM} \g<2> {tag}", renumbered(line))
