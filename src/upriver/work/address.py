"""Where a scheduler is, and how it is spoken to: on this machine, or by TLS with certificates.

Whoever can speak to a scheduler can run what he likes on its workers. So one beyond this machine is
spoken to only where both ends show a certificate that a common authority signed.
"""

import ipaddress
import re
import ssl
from dataclasses import dataclass
from pathlib import Path

from upriver.core.errors import InputError, OutOfBounds, SchemaProblem, show
from upriver.core.files import reason

OPTION = "--scheduler"


@dataclass(frozen=True)
class Tls:
    """Files in PEM: the authority that signed all certificates, ours, and the key of ours."""

    ca: Path
    cert: Path
    key: Path

    def check(self) -> "Tls":
        """These files, if they can be used.

        Raises:
            InputError: one is missing, is no certificate, or the key is another's.
        """
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        for option, file in (
            ("--tls-ca", self.ca),
            ("--tls-cert", self.cert),
            ("--tls-key", self.key),
        ):
            try:
                file.read_bytes()
            except OSError as error:
                raise InputError(f"{file.name} {reason(error)}", file=option) from None
        try:
            context.load_verify_locations(self.ca)
        except (ssl.SSLError, ValueError):
            raise InputError(
                "is no certificate in PEM", file="--tls-ca", found=self.ca.name
            ) from None
        try:
            context.load_cert_chain(self.cert, self.key, password=lambda: b"")
        except (ssl.SSLError, ValueError):
            raise InputError(
                "is no certificate in PEM that goes with the key, without a password",
                file="--tls-cert",
                found=self.cert.name,
            ) from None
        return self


def tls_of(ca: Path | None, cert: Path | None, key: Path | None) -> Tls | None:
    """The three files together; None where none is given.

    Raises:
        SchemaProblem: one of them is missing. InputError: they cannot be used.
    """
    if ca is None and cert is None and key is None:
        return None
    if ca is None or cert is None or key is None:
        raise SchemaProblem(
            "one of three files is missing",
            allowed="--tls-ca, --tls-cert and --tls-key together",
        )
    return Tls(ca, cert, key).check()


def check_address(address: str, tls: Tls | None) -> str:
    """An address of a scheduler, if it may be spoken to.

    Raises:
        SchemaProblem: not of that form. OutOfBounds: beyond this machine without TLS.
        InputError: certificates without `tls://`, or the other way round.
    """
    said = re.fullmatch(r"(tcp|tls)://(\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9.-]+):(\d{1,5})", address)
    if said is None or not 0 < int(said[3]) < 65536:
        raise SchemaProblem(
            "should be the address of a scheduler",
            file=OPTION,
            found=show(address),
            allowed="as tcp://127.0.0.1:8786 or tls://10.0.0.5:8786",
        )
    if said[1] == "tcp" and not is_loopback(said[2]):
        raise OutOfBounds(
            "a scheduler beyond this machine is spoken to by TLS alone",
            file=OPTION,
            found=address,
            allowed="tls://… with --tls-ca, --tls-cert and --tls-key",
        )
    if (said[1] == "tls") != (tls is not None):
        raise InputError(
            "tls:// goes with --tls-ca, --tls-cert and --tls-key, and tcp:// without",
            file=OPTION,
            found=address,
        )
    return address


def is_loopback(host: str) -> bool:
    """Whether a host, by its name or number, is this machine and reached by no other."""
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host == "localhost"
