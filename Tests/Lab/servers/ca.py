"""The Lab's certificate authority: a root, an intermediate, and a leaf for each server, made anew
at each start with openssl. Half of them are sick.

In its directory: `root.pem`, what a client is to trust; and for each certificate NAME

    NAME.pem   what a server sends: the leaf, and the intermediate unless that is the disease
    NAME.key   its private key
    NAME.all   both, key first
    NAME.leaf  the leaf alone
    NAME.ocsp, NAME.issuer   of one that is revoked: the authority's response, and the authority
"""

import base64
import hashlib
import ssl
import subprocess
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone

from . import scripted

EC, RSA, SHORT_RSA = ("ec", "-pkeyopt", "ec_paramgen_curve:P-256"), ("rsa:2048",), ("rsa:1024",)
LIFETIME = 90  # days


@dataclass(frozen=True)
class Certificate:
    name: str  # of the files; the host's name where a host has one certificate only
    names: tuple = ()  # in the certificate; `name` unless given
    key: tuple = EC
    digest: str = "sha256"
    valid: tuple = (0, LIFETIME)  # from and to, in days from now
    issuer: str = "intermediate"  # or "lets-encrypt", which has that name and the same root
    sends_intermediate: bool = True
    must_staple: bool = False
    is_revoked: bool = False

    @property
    def subjects(self):
        return self.names or (self.name,)


CERTIFICATES = [
    Certificate("mail.snm.example"),
    Certificate(
        "mail.fc.example",
        names=("mail.fc.example", "webmail.fc.example", "autoconfig.fc.example", "autodiscover.fc.example"),
    ),
    # cert.example: one disease each.
    Certificate("mail.healthy.cert.example"),
    Certificate("mail.expired.cert.example", valid=(-LIFETIME, -3)),
    Certificate("mail.expiring.cert.example", valid=(-LIFETIME + 4, 4)),
    Certificate("mail.future.cert.example", valid=(3, LIFETIME)),
    Certificate("mail.self-signed.cert.example", issuer="itself", sends_intermediate=False),
    Certificate("mail.wrong-name.cert.example", names=("www.elsewhere.example",)),
    Certificate("mail.incomplete.cert.example", sends_intermediate=False),
    Certificate("mail.sha1.cert.example", digest="sha1"),
    Certificate("mail.must-staple.cert.example", must_staple=True),
    Certificate("mail.short-key.cert.example", key=SHORT_RSA),
    Certificate("mail.revoked.cert.example", is_revoked=True),
    # tls.example
    Certificate("mail.healthy.tls.example"),
    Certificate("mail.healthy.tls.example-rsa", names=("mail.healthy.tls.example",), key=RSA),
    Certificate("mail.old.tls.example", key=RSA),
    Certificate("mail.no-tls13.tls.example"),
    Certificate("mail.no-starttls.tls.example"),
    Certificate("mail.cleartext.tls.example"),
    Certificate("mail.plain-465.tls.example"),
    Certificate("mail.no-ems.tls.example"),
    Certificate("mail.weak-curve.tls.example", key=RSA),
    # smtp.example
    Certificate("mail.healthy.smtp.example"),
    Certificate("mail.null-sender.smtp.example"),
    Certificate("mail.tls-required.smtp.example"),
    Certificate("mail.localhost.smtp.example"),
    Certificate("backup.smtp.example"),
    # dane.example
    Certificate("mail.right.dane.example"),
    Certificate("mail.wrong.dane.example"),
    Certificate("one.half-address.dane.example", names=("mail.half-address.dane.example",)),
    Certificate("two.half-address.dane.example", names=("mail.half-address.dane.example",)),
    Certificate("mail.half-algorithm.dane.example"),
    Certificate(
        "mail.half-algorithm.dane.example-rsa", names=("mail.half-algorithm.dane.example",), key=RSA
    ),
    Certificate("mail.rollover.dane.example"),
    Certificate("mail.rollover.dane.example-next", names=("mail.rollover.dane.example",)),
    Certificate("mail.self-signed.dane.example", issuer="itself", sends_intermediate=False),
    Certificate("mail.anchor.dane.example"),
    Certificate("mail.anchor-unsent.dane.example", sends_intermediate=False),
    Certificate("mail.no-starttls.dane.example"),
    Certificate("mail.expired.dane.example", valid=(-LIFETIME, -3)),
    Certificate("mail.anchor-expired.dane.example", valid=(-LIFETIME, -3)),
    Certificate("mail.anchor-name.dane.example", names=("www.elsewhere.example",)),
    Certificate("mail.unusable.dane.example"),
    Certificate("mail.dane-unsigned.example"),
    # mtasts.example and autoconfig.example; the names are those that the web server knows.
    Certificate("mail.mtasts.example"),
    Certificate("web.mtasts.example"),
    Certificate(
        "policies",
        names=tuple(
            f"mta-sts.{domain}.mtasts.example"
            for domain in ("healthy", "wrong-mx", "sick-mx", "redirect", "oversized", "html", "missing", "half", "unannounced")
        ),
    ),
    Certificate("mta-sts.expired.mtasts.example", valid=(-LIFETIME, -3)),
    Certificate("mta-sts.self-signed.mtasts.example", issuer="itself", sends_intermediate=False),
    Certificate("mail.autoconfig.example"),
    Certificate(
        "autoconfig",
        names=(
            "well-known.autoconfig.example",
            *(
                f"autoconfig.{domain}.autoconfig.example"
                for domain in ("healthy", "broken", "cleartext", "login", "redirect")
            ),
        ),
    ),
    # srv.example
    Certificate("mail.srv.example"),
    # caa.example
    Certificate("mail.caa.example", issuer="lets-encrypt"),
    Certificate("mail.healthy.caa.example", issuer="lets-encrypt"),
    Certificate("mta-sts.blocked.mtasts.example", issuer="lets-encrypt"),
    # scripted.example
    Certificate("scripted", names=tuple(map(scripted.domain_name, scripted.HOSTS))),
]


def make(directory):
    """Makes all of CERTIFICATES; on two processors this takes half a second, most of it for RSA keys."""
    directory.mkdir()
    (directory / "openssl.cnf").write_text(CONFIGURATION)
    (directory / "index.txt").touch()
    make_authority(directory, "root", issuer="itself", days=3650)
    make_authority(directory, "intermediate", issuer="root", days=1825)
    make_authority(directory, "lets-encrypt", issuer="root", days=1825, organization="Let's Encrypt")
    dated = [certificate for certificate in CERTIFICATES if certificate.valid[0] != 0]
    others = [certificate for certificate in CERTIFICATES if certificate.valid[0] == 0]
    # The slow keys first, so that no processor waits for one at the end.
    others.sort(key=lambda certificate: certificate.key == EC)
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda certificate: make_leaf(directory, certificate), others))
    # `openssl ca` keeps an index, so these are made one after the other.
    for certificate in dated:
        make_dated_leaf(directory, certificate)
    for certificate in CERTIFICATES:
        assemble(directory, certificate)
        if certificate.is_revoked:
            revoke(directory, certificate)


def make_authority(directory, name, issuer, days, organization="Lab"):
    new = ["-x509", "-extensions", "authority", "-days", str(days), "-newkey", *EC]
    subject = ["-subj", f"/O={organization}/CN=Lab {name.capitalize()}"]
    openssl(directory, "req", *new, *signer(issuer), *subject, "-keyout", f"{name}.key", "-out", f"{name}.pem")


def make_leaf(directory, certificate):
    new = ["-x509", "-extensions", "leaf", "-days", str(certificate.valid[1]), f"-{certificate.digest}"]
    openssl(
        directory, "req", *new, *signer(certificate.issuer), *request(certificate),
        "-keyout", f"{certificate.name}.key", "-out", f"{certificate.name}.leaf",
    )


def make_dated_leaf(directory, certificate):
    """`openssl req` knows no beginning; `openssl ca` does."""
    name, now = certificate.name, datetime.now(timezone.utc)
    begin, end = [(now + timedelta(days=days)).strftime("%Y%m%d%H%M%SZ") for days in certificate.valid]
    openssl(directory, "req", "-new", *request(certificate), "-keyout", f"{name}.key", "-out", f"{name}.csr")
    openssl(
        directory, "ca", "-batch", "-notext", "-extensions", "leaf", "-startdate", begin, "-enddate", end,
        "-cert", "intermediate.pem", "-keyfile", "intermediate.key",
        "-in", f"{name}.csr", "-out", f"{name}.leaf",
    )


def request(certificate):
    # The name is only in the subjectAltName, as public authorities do it.
    names = ",".join(f"DNS:{name}" for name in certificate.subjects)
    subject = f"/O=Lab/CN={certificate.name}"[:64]
    extensions = ["-addext", f"subjectAltName={names}"]
    if certificate.must_staple:
        extensions += ["-addext", "tlsfeature=status_request"]
    return ["-subj", subject, *extensions, "-newkey", *certificate.key]


def signer(issuer):
    return [] if issuer == "itself" else ["-CA", f"{issuer}.pem", "-CAkey", f"{issuer}.key"]


def assemble(directory, certificate):
    path = directory / certificate.name
    chain = path.with_name(certificate.name + ".leaf").read_text()
    if certificate.sends_intermediate:
        chain += (directory / f"{certificate.issuer}.pem").read_text()
    path.with_name(certificate.name + ".pem").write_text(chain)
    key = path.with_name(certificate.name + ".key").read_text()
    path.with_name(certificate.name + ".all").write_text(key + chain)


def revoke(directory, certificate):
    """Makes what the authority's OCSP responder says, for a week, of a certificate that it took back yesterday."""
    name, now = certificate.name, datetime.now(timezone.utc)
    revoked, expiry = [(now + timedelta(days=days)).strftime("%y%m%d%H%M%SZ") for days in (-1, LIFETIME)]
    serial = openssl(directory, "x509", "-noout", "-serial", "-in", f"{name}.leaf").decode().strip().split("=")[1]
    index = f"R\t{expiry}\t{revoked},keyCompromise\t{serial}\tunknown\t/CN={name}\n"
    (directory / f"{name}.index").write_text(index)
    (directory / f"{name}.issuer").write_text((directory / f"{certificate.issuer}.pem").read_text())
    authority = [f"-{role}" for role in ("CA", "issuer", "rsigner")]
    openssl(
        directory, "ocsp", "-index", f"{name}.index", "-ndays", "7", "-noverify", "-respout", f"{name}.ocsp",
        *[word for role in authority for word in (role, f"{certificate.issuer}.pem")],
        "-rkey", f"{certificate.issuer}.key", "-cert", f"{name}.leaf",
    )


def openssl(directory, command, *arguments):
    options = ["-config", "openssl.cnf"] if command in ("req", "ca") else []
    options += ["-nodes"] if command == "req" else []
    return subprocess.run(
        ["openssl", command, *options, *arguments], cwd=directory, check=True, capture_output=True
    ).stdout


def tlsa(directory, name, usage, selector, matching):
    """The data of a TLSA record (RFC 6698 2.1) for a certificate of the Lab, the authority's included."""
    path = directory / (f"{name}.pem" if name in ("root", "intermediate") else f"{name}.leaf")
    data = ssl.PEM_cert_to_DER_cert(path.read_text())
    if selector == "1":
        command = ["openssl", "x509", "-noout", "-pubkey", "-in", path]
        lines = subprocess.run(command, check=True, capture_output=True).stdout.splitlines()
        data = base64.b64decode(b"".join(lines[1:-1]))
    match matching:
        case "0":
            digest = data.hex()
        case "1":
            digest = hashlib.sha256(data).hexdigest()
        case "2":
            digest = hashlib.sha512(data).hexdigest()
    return f"{usage} {selector} {matching} {digest}"


CONFIGURATION = """
[req]
prompt = no
distinguished_name = name
[name]
[authority]
basicConstraints = critical, CA:true
keyUsage = critical, keyCertSign, cRLSign
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
[leaf]
basicConstraints = critical, CA:false
keyUsage = critical, digitalSignature, keyEncipherment
extendedKeyUsage = serverAuth
authorityKeyIdentifier = keyid
[ca]
default_ca = dated
[dated]
database = index.txt
new_certs_dir = .
rand_serial = yes
default_md = sha256
policy = any
copy_extensions = copy
unique_subject = no
[any]
organizationName = optional
commonName = optional
"""
