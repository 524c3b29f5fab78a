"""Which host offers which services, with which certificates, and what is wrong with it.

A host's addresses are those of its name in the zones. What it serves is modern unless an option
here says otherwise: TLS 1.2 and 1.3, ECDHE, AEAD, nobody logs in without TLS.
"""

from dataclasses import dataclass, field

DEFAULT = ("smtp", "submissions", "imaps")
ALL = ("smtp", "submission", "submissions", "imap", "imaps", "pop3", "pop3s", "sieve")


@dataclass(frozen=True)
class Host:
    name: str
    services: tuple = DEFAULT
    certificates: tuple = ()  # of ca.py; the one named after the host unless given
    says: str = ""  # the name in the greeting; `name` unless given
    postfix: dict = field(default_factory=dict)  # further options, by service
    dovecot: tuple = ()  # further settings, of all its services

    @property
    def served(self):
        return self.certificates or (self.name,)


# What Postfix does on Debian unless told otherwise: TLS 1.0, CBC, static RSA, anonymous suites.
OLD_POSTFIX = (
    "smtpd_tls_protocols=>=TLSv1",
    "smtpd_tls_mandatory_protocols=>=TLSv1",
    "smtpd_tls_ciphers=medium",
    "smtpd_tls_mandatory_ciphers=medium",
    "tls_preempt_cipherlist=no",
    "tls_config_file=default",
)
# TLS 1.3 has no such curves; with TLS 1.2 finite fields are left to today's clients.
WEAK_CURVE_POSTFIX = (
    *OLD_POSTFIX[2:],
    "smtpd_tls_protocols=!TLSv1.3",
    "tls_eecdh_auto_curves=secp224r1",
)
NO_EMS = "tls_ssl_options=0x1"  # SSL_OP_NO_EXTENDED_MASTER_SECRET, for which Postfix has no name
# Without the first the sender is judged when the recipient is known.
NO_NULL_SENDER = (
    "smtpd_delay_reject=no",
    "smtpd_sender_restrictions=check_sender_access,inline:{<>=REJECT}",
)
NO_STARTTLS = ("smtpd_tls_security_level=none",)
OLD_DOVECOT = ("ssl_min_protocol = TLSv1", "ssl_cipher_list = ALL:@SECLEVEL=0")
# Debian's OpenSSL does not serve a short key unless the security level is lowered. For a SHA-1
# certificate it would have to be 0, and that brings SHA-1 in the handshake too.
SHORT_KEY_DOVECOT = ("ssl_cipher_list = ECDHE+AESGCM:ECDHE+CHACHA20:@SECLEVEL=1",)

# 465 and 993 are on; 143, 587 and POP3 are off.
SIMPLE_NIXOS_MAILSERVER = [Host("mail.snm.example")]

FLYING_CIRCUS = [
    Host("mail.fc.example", services=("smtp", "submission", "submissions", "imap", "imaps", "sieve")),
]

PATIENTS = [
    Host("mail.healthy.cert.example"),
    Host("mail.expired.cert.example"),
    Host("mail.expiring.cert.example"),
    Host("mail.future.cert.example"),
    Host("mail.self-signed.cert.example"),
    Host("mail.wrong-name.cert.example"),
    Host("mail.incomplete.cert.example"),
    Host("mail.sha1.cert.example", services=("smtp", "submissions")),
    Host("mail.must-staple.cert.example"),
    Host("mail.short-key.cert.example", dovecot=SHORT_KEY_DOVECOT),
    Host("mail.revoked.cert.example", services=("smtp",)),  # 993 is in stapled.py
    Host(
        "mail.healthy.tls.example",
        services=ALL,
        certificates=("mail.healthy.tls.example", "mail.healthy.tls.example-rsa"),
    ),
    Host(
        "mail.old.tls.example",
        services=ALL,
        postfix={"smtp": OLD_POSTFIX, "submission": OLD_POSTFIX, "submissions": OLD_POSTFIX},
        dovecot=OLD_DOVECOT,
    ),
    Host(
        "mail.no-tls13.tls.example",
        services=("smtp", "submissions"),
        postfix={
            "smtp": ("smtpd_tls_protocols=TLSv1.2",),
            "submissions": ("smtpd_tls_mandatory_protocols=TLSv1.2",),
        },
    ),
    Host(
        "mail.no-starttls.tls.example",
        services=("smtp", "submissions", "imap", "pop3"),
        postfix={"smtp": NO_STARTTLS},
        dovecot=("ssl = no",),
    ),
    Host(
        "mail.cleartext.tls.example",
        services=ALL,
        postfix={"submission": ("smtpd_tls_security_level=may", "smtpd_tls_auth_only=no")},
        dovecot=("ssl = yes", "disable_plaintext_auth = no"),
    ),
    Host("mail.plain-465.tls.example", postfix={"submissions": ("smtpd_tls_wrappermode=no",)}),
    Host(
        "mail.no-ems.tls.example",
        services=("smtp", "submissions"),
        postfix={
            "smtp": ("smtpd_tls_protocols=TLSv1.2", NO_EMS),
            "submissions": ("smtpd_tls_mandatory_protocols=TLSv1.2", NO_EMS),
        },
    ),
    Host("mail.weak-curve.tls.example", services=("smtp",), postfix={"smtp": WEAK_CURVE_POSTFIX}),
    Host("mail.healthy.smtp.example"),
    Host("mail.null-sender.smtp.example", postfix={"smtp": NO_NULL_SENDER}),
    Host("mail.tls-required.smtp.example", postfix={"smtp": ("smtpd_tls_security_level=encrypt",)}),
    Host("mail.localhost.smtp.example", postfix={"smtp": ("myhostname=localhost",)}),
    Host("backup.smtp.example", services=("smtp",), postfix={"smtp": NO_STARTTLS}),
    Host("mail.right.dane.example"),
    Host("mail.wrong.dane.example"),
    Host("one.half-address.dane.example", says="mail.half-address.dane.example"),
    Host("two.half-address.dane.example", says="mail.half-address.dane.example"),
    Host(
        "mail.half-algorithm.dane.example",
        certificates=("mail.half-algorithm.dane.example", "mail.half-algorithm.dane.example-rsa"),
    ),
    Host("mail.rollover.dane.example"),
    Host("mail.self-signed.dane.example"),
    Host("mail.anchor.dane.example"),
    Host("mail.anchor-unsent.dane.example"),
    Host("mail.no-starttls.dane.example", postfix={"smtp": NO_STARTTLS}),
    Host("mail.expired.dane.example"),
    Host("mail.anchor-expired.dane.example"),
    Host("mail.anchor-name.dane.example"),
    Host("mail.unusable.dane.example"),
    Host("mail.dane-unsigned.example"),
    Host("mail.mtasts.example"),
    Host("mail.autoconfig.example", services=ALL),
    Host("mail.srv.example"),
    Host("mail.caa.example"),
    Host("mail.healthy.caa.example"),
]
