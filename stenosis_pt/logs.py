"""What the log may not hold: addresses that let somebody in."""

import logging
import re

SECRET_ADDRESS = re.compile(r"(/(?:card|invitation|account/password/reset/key)/)(?!signed-out/)[^/\s?#\"'<>]+")
MASK = r"\1…"


class NoSecretAddresses(logging.Filter):
    """Masks the code of a card, the token of an invitation and the key of a new password.

    The framework logs the path of every answer from 400 on, and who reads a log must not be able to use them.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        """Let every line through, without the secret."""
        said = record.getMessage()
        masked = SECRET_ADDRESS.sub(MASK, said)
        if masked != said:
            record.msg, record.args = masked, ()
        return True
