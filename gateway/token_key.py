"""What tokens are checked with: a key, and the one algorithm that goes with a key of its kind."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed448 import Ed448PublicKey
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.serialization import load_pem_public_key

from buyer_protection.settings import SettingsError, variable

#: Shorter keys can be broken.
SHORTEST_RSA_BITS: Final = 2048


@dataclass(frozen=True)
class TokenKey:
    """A key and its algorithm, as PyJWT names it; the key never shows."""

    key: Any
    algorithm: str

    def __repr__(self) -> str:
        return f"TokenKey({self.algorithm})"


def public_key(pem: str) -> TokenKey:
    """The key in a PEM text, whose lines may be parted by `\\n` in letters, as some tools write them into variables.

    Raises `SettingsError` for anything but an RSA key of at least 2,048 bits (RS256), Ed25519 or Ed448 (EdDSA).
    """
    try:
        key = load_pem_public_key(pem.replace("\\n", "\n").strip().encode())
    except (ValueError, TypeError, UnsupportedAlgorithm):
        raise _refused() from None
    if isinstance(key, RSAPublicKey) and key.key_size >= SHORTEST_RSA_BITS:
        return TokenKey(key, "RS256")
    if isinstance(key, (Ed25519PublicKey, Ed448PublicKey)):
        return TokenKey(key, "EdDSA")
    raise _refused()


def _refused() -> SettingsError:
    return SettingsError(
        f"{variable('widget_public_key')}: a public key (PEM) is expected, "
        f"RSA of at least {SHORTEST_RSA_BITS} bits or Ed25519"
    )
