"""Certificates for the tests' own servers, by an authority that each test makes."""

from __future__ import annotations

import datetime
import ssl
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

_DAY = datetime.timedelta(days=1)


class Certificate(NamedTuple):
    """A server's certificate and its key, as files."""

    certificate: Path
    key: Path

    def context(self) -> ssl.SSLContext:
        """Return what a server needs to speak TLS."""
        made = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        made.load_cert_chain(self.certificate, self.key)
        return made


class Authority:
    """An authority that signs certificates; clients trust it by its file, `path`."""

    def __init__(self, folder: Path, name: str = "authority") -> None:
        """Make its key and its certificate, in a folder."""
        self._folder = folder
        self._name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
        self._key = ec.generate_private_key(ec.SECP256R1())
        own = x509.BasicConstraints(ca=True, path_length=None)
        made = _begun(self._name, self._name, self._key, 0).add_extension(own, critical=True)
        self.path = folder / f"{name}.pem"
        self.path.write_bytes(
            made.sign(self._key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)
        )

    def issue(
        self, name: str, hosts: Sequence[str] = ("localhost",), days_ago: int = 0
    ) -> Certificate:
        """Return a certificate for servers of these host names, which was signed so many days ago
        and holds for a day; ``name`` is that of its files."""
        key = ec.generate_private_key(ec.SECP256R1())
        subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
        named = x509.SubjectAlternativeName([x509.DNSName(host) for host in hosts])
        made = _begun(subject, self._name, key, days_ago).add_extension(named, critical=False)
        files = Certificate(self._folder / f"{name}.crt", self._folder / f"{name}.key")
        files.certificate.write_bytes(
            made.sign(self._key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)
        )
        files.key.touch(mode=0o600)
        files.key.write_bytes(
            key.private_bytes(
                serialization.Encoding.PEM,
                serialization.PrivateFormat.PKCS8,
                serialization.NoEncryption(),
            )
        )
        return files


def _begun(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePrivateKey, days_ago: int
) -> x509.CertificateBuilder:
    began = datetime.datetime.now(datetime.UTC) - days_ago * _DAY
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(began - _DAY / 24)
        .not_valid_after(began + _DAY)
    )
