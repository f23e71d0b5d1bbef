"""An authority and certificates that it signs, for tests of TLS on this machine."""

import datetime
import ipaddress
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from upriver.work.address import Tls


def made(folder: Path, name: str) -> Tls:
    """A new authority, a certificate that it signs for 127.0.0.1, and its key."""
    authority, issuer = _pair(f"{name} authority", None, None)
    key, certificate = _pair(name, authority, issuer)
    files = Tls(*(folder / f"{name}-{part}.pem" for part in ("ca", "cert", "key")))
    pem = serialization.Encoding.PEM
    files.ca.write_bytes(issuer.public_bytes(pem))
    files.cert.write_bytes(certificate.public_bytes(pem))
    files.key.write_bytes(
        key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return files.check()


def _pair(
    name: str, signer: ec.EllipticCurvePrivateKey | None, issuer: x509.Certificate | None
) -> tuple[ec.EllipticCurvePrivateKey, x509.Certificate]:
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
    now = datetime.datetime.now(datetime.UTC)
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject if issuer is None else issuer.subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(minutes=5))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.BasicConstraints(ca=issuer is None, path_length=None), critical=True)
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]),
            critical=False,
        )
    )
    return key, builder.sign(signer or key, hashes.SHA256())
