"""The identifier of a paper: it stands on each of its pages, and leads to where the paper is verified.

It is drawn from what the paper tells, so that the same paper made again has the same one. Sixteen signs of five bits
(the alphabet of D. Crockford: no I, L, O or U), short enough to copy by hand, too many to guess.
"""

import hashlib
import re

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH, GROUP = 16, 4
#: What stands before it in the identifier of the PDF file, so that it is found in a file that somebody brings.
MARK = b"trama:"

_LOOKS_LIKE = str.maketrans({"O": "0", "I": "1", "L": "1", "-": None})
_IN_FILE = re.compile(MARK + rb"([" + ALPHABET.encode() + rb"]{16})")


def identifier(*told: bytes) -> str:
    """Return the identifier of a paper that tells this, one after the other."""
    digest = hashlib.sha256()
    for each in told:
        digest.update(each)
    number = int.from_bytes(digest.digest()[:10])
    return "".join(ALPHABET[number >> 5 * place & 31] for place in reversed(range(LENGTH)))


def read(text: str) -> str | None:
    """Return the identifier that somebody wrote, however they wrote it; None if it cannot be one."""
    found = "".join(text.upper().split()).translate(_LOOKS_LIKE)
    return found if len(found) == LENGTH and all(sign in ALPHABET for sign in found) else None


def shown(identifier: str) -> str:
    """Return it in groups of four, as it is printed and read aloud."""
    return "-".join(identifier[at : at + GROUP] for at in range(0, LENGTH, GROUP))


def named_in(file: bytes) -> str | None:
    """Return the identifier that a PDF file says is its own: a claim, for anybody can write a file. None without one.

    The first one counts: a signature adds to the end of a file.
    """
    found = _IN_FILE.search(file)
    return found[1].decode() if found else None
