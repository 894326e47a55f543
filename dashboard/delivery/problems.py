"""Why a message could not be delivered: words that hold no address, no secret and nothing of the message."""

from __future__ import annotations


class DeliveryError(Exception):
    """A message was not delivered.

    Parameters
    ----------
    why
        In words for the reader.
    is_passing
        Whether trying again a moment later may help.
    """

    def __init__(self, why: str, *, is_passing: bool) -> None:
        super().__init__(why)
        self.why = why
        self.is_passing = is_passing
