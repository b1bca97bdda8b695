"""The codes of paper vouchers: short enough to copy by hand, and a slip of the pen is noticed.

Seven signs and one that checks them. The sum of the signs, each times its place, is divisible by 31, a prime: one wrong
sign, or two changed with each other, give another sum (the method of ISBN-10). Letters that look like digits are left
out, and whoever writes one of them is understood.
"""

ALPHABET = "0123456789ABCDEFGHJKMNPQRTUVWXY"
LENGTH = 8
_LOOKS_LIKE = str.maketrans({"O": "0", "I": "1", "L": "1", "S": "5", "Z": "2"})


def code(number: int) -> str:
    """Return the code of a number from 0 to 31 ** 7 - 1."""
    signs = []
    for _place in range(LENGTH - 1):
        number, value = divmod(number, len(ALPHABET))
        signs.append(value)
    return "".join(ALPHABET[value] for value in [*signs, _check(signs)])


def read(text: str) -> str | None:
    """Return the code that somebody wrote, however they wrote it; None if it cannot be one."""
    found = "".join(text.upper().translate(_LOOKS_LIKE).split()).replace("-", "")
    if len(found) != LENGTH or any(sign not in ALPHABET for sign in found):
        return None
    *signs, check = (ALPHABET.index(sign) for sign in found)
    return found if check == _check(signs) else None


def shown(code: str) -> str:
    """Return a code in two groups, as it is printed and read aloud."""
    return f"{code[:4]}-{code[4:]}"


def _check(signs: list[int]) -> int:
    """Return the sign with which the sum, each times its place from 1, is divisible by 31."""
    total = sum(place * value for place, value in enumerate(signs, start=1))
    # Eight times the check, plus the total, is 0 modulo 31; 4 is the inverse of 8.
    return -total * 4 % len(ALPHABET)
