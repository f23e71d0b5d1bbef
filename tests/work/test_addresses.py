"""A scheduler is on this machine, or spoken to by TLS; anything else is refused in a line."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from upriver.core.errors import InputError
from upriver.work.address import Tls, check_address, is_loopback, tls_of

SOME = Tls(Path("ca"), Path("cert"), Path("key"))


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:8786", "tcp://localhost:1", "tcp://[::1]:9"])
def test_this_machine_is_spoken_to_without_certificates(address: str) -> None:
    assert check_address(address, None) == address


@pytest.mark.parametrize(
    "address",
    ["tcp://10.0.0.5:8786", "tcp://0.0.0.0:8786", "tcp://node7:8786", "tcp://[2001:db8::1]:8786"],
)
@pytest.mark.parametrize("tls", [None, SOME])
def test_beyond_this_machine_it_is_tls_alone(address: str, tls: Tls | None) -> None:
    with pytest.raises(InputError, match="by TLS alone"):
        check_address(address, tls)


def test_tls_and_certificates_go_together() -> None:
    assert check_address("tls://10.0.0.5:8786", SOME)
    for address, tls in (("tls://10.0.0.5:8786", None), ("tcp://127.0.0.1:8786", SOME)):
        with pytest.raises(InputError, match="goes with --tls-ca"):
            check_address(address, tls)


@given(st.text(max_size=40))
def test_any_other_text_is_refused_in_a_line(text: str) -> None:
    with pytest.raises(InputError, match="should be the address") as caught:
        check_address(text, None)
    assert "\n" not in str(caught.value)


@given(st.ip_addresses())
def test_only_numbers_of_this_machine_are_loopback(number: object) -> None:
    said = str(number)
    assert is_loopback(said) == (said.startswith("127.") or said == "::1")


def test_three_files_or_none(tmp_path: Path) -> None:
    assert tls_of(None, None, None) is None
    with pytest.raises(InputError, match="one of three files is missing"):
        tls_of(tmp_path / "ca", None, None)
    with pytest.raises(InputError, match="--tls-ca: ca does not exist"):
        tls_of(tmp_path / "ca", tmp_path / "cert", tmp_path / "key")
    for name in ("ca", "cert", "key"):
        (tmp_path / name).write_text("no certificate")
    with pytest.raises(InputError, match="--tls-ca: is no certificate in PEM"):
        tls_of(tmp_path / "ca", tmp_path / "cert", tmp_path / "key")
