"""nginx: MTA-STS policies, autoconfig and the two model hosts' web ports. One process for all; which
host is meant is told by the address, and on one address by the name (SNI, Host).
"""

import shutil

from .daemon import TEMPLATES, all_greet, fill, start

HOSTS = {
    "mail.snm.example": ("http",),
    "mail.fc.example": ("http", "https"),
    "web.mtasts.example": ("https",),
    "web.autoconfig.example": ("http", "https"),
}
PORTS = {"http": 80, "https": 443}
OVERSIZED = 100 * 1024  # RFC 8461 3.3 lets a sender stop at 64 KiB


def start_all(internet, home, logs):
    directory = home / "nginx"
    directory.mkdir()
    # The worker is no root and the repository may be in root's home.
    shutil.copytree(TEMPLATES / "nginx" / "files", directory / "files")
    policy = (directory / "files" / "mta-sts" / "healthy.txt").read_bytes()
    (directory / "oversized.txt").write_bytes(policy + b"comment: on and on\n" * (OVERSIZED // 19))
    for host, schemes in HOSTS.items():
        for scheme in schemes:
            (directory / f"{host}.{scheme}").write_text(listen(internet.addresses(host), scheme))
    configuration = directory / "nginx.conf"
    values = {"HOME": directory, "LOG": logs / "nginx.log", "FILES": directory / "files"}
    configuration.write_text(fill("nginx/nginx.conf", CERTIFICATES=internet.certificates, **values))
    doors = [
        (address, PORTS[scheme], b"")
        for host, schemes in HOSTS.items()
        for scheme in schemes
        for address in internet.addresses(host)
    ]
    command = ["nginx", "-g", "daemon off;", "-e", logs / "nginx.log", "-c", configuration]
    return [start("nginx", command, logs, all_greet(doors))]


def listen(addresses, scheme):
    tls = " ssl" if scheme == "https" else ""
    hosts = [f"[{address}]" if ":" in address else address for address in addresses]
    return "".join(f"listen {host}:{PORTS[scheme]}{tls};\n" for host in hosts)
