"""Which conversation is whose: it follows from the buyer's id, and from nothing that a page or a channel names."""

from buyer_protection.conversations import conversation_of

__all__ = ["conversation_of"]
