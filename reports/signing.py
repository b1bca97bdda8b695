"""The only door to pyHanko: the installation's own signature, added to the end of a PDF that is otherwise finished.

PAdES baseline B-B, invisible: the bytes before it stay as they were, and the file keeps its claims of PDF/A-3a and
PDF/UA-1. A time stamp of an authority (B-T and above) would need the network, and is not asked for.
"""

import datetime as dt
import io
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path
from typing import cast

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, NoEncryption, pkcs12
from cryptography.x509.oid import NameOID
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import SigSeedSubFilter
from pyhanko.sign.signers import PdfSignatureMetadata, SimpleSigner, sign_pdf

from network.errors import DomainError

FIELD = "Trama"
#: For so long papers can be signed with a key made here; what was signed stays so.
KEY_LASTS = dt.timedelta(days=3_653)


class KeyCannotBeUsed(DomainError):
    """What the settings name as the key is none, or its passphrase is another one."""

    message = _(
        "The key that papers are signed with cannot be opened: TRAMA_SIGNING_KEY names no PKCS#12 file, or"
        " TRAMA_SIGNING_PASSPHRASE is another one. Tell whoever runs the installation."
    )


def is_on() -> bool:
    """Say whether this installation signs its papers."""
    return bool(settings.SIGNING_KEY)


def signed(content: bytes) -> bytes:
    """Return a PDF with the installation's signature at its end.

    :raises KeyCannotBeUsed: if the key of the settings cannot be opened.
    """
    about = PdfSignatureMetadata(field_name=FIELD, subfilter=SigSeedSubFilter.PADES, md_algorithm="sha256")
    signer, out = _signer(), io.BytesIO()
    # pyHanko begins an event loop, which a thread that runs one already may not.
    with ThreadPoolExecutor(1) as thread:
        thread.submit(sign_pdf, IncrementalPdfFileWriter(io.BytesIO(content)), about, signer, output=out).result()
    return out.getvalue()


def fingerprint() -> str:
    """Return the SHA-256 of the certificate that signs: who receives a paper compares it with what they were told.

    :raises KeyCannotBeUsed: if the key of the settings cannot be opened.
    """
    certificate = _signer().signing_cert
    assert certificate is not None  # noqa: S101  # a signer without one is not made
    return str(certificate.sha256.hex())


def _signer() -> SimpleSigner:
    signer = _opened(str(settings.SIGNING_KEY), settings.SIGNING_PASSPHRASE)
    if signer is None:
        raise KeyCannotBeUsed
    return signer


@cache
def _opened(path: str, passphrase: str) -> SimpleSigner | None:
    load = cast("Callable[..., SimpleSigner | None]", SimpleSigner.load_pkcs12)  # without types
    return load(path, passphrase=passphrase.encode() or None)


def make_key(*, name: str, path: Path, passphrase: str, at: dt.datetime) -> str:
    """Write a new key (ECDSA, P-256) with its own certificate, readable by its owner alone; return its fingerprint.

    :raises FileExistsError: if there is a file already: a key is never written over.
    """
    key = ec.generate_private_key(ec.SECP256R1())
    who = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(who)
        .issuer_name(who)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(at)
        .not_valid_after(at + KEY_LASTS)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_for_signatures(), critical=True)
        .sign(key, hashes.SHA256())
    )
    closed = BestAvailableEncryption(passphrase.encode()) if passphrase else NoEncryption()
    with path.open("xb") as file:
        path.chmod(0o600)
        file.write(pkcs12.serialize_key_and_certificates(FIELD.encode(), key, certificate, None, closed))
    return certificate.fingerprint(hashes.SHA256()).hex()


def _for_signatures() -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=True,
        content_commitment=True,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=False,
        crl_sign=False,
        encipher_only=False,
        decipher_only=False,
    )
