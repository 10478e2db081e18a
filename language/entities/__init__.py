"""Facts in a message: dates, numbers, amounts, quantities, and what is told in set phrases, with roles and denials."""

from language.entities.entity import ROLES, Entity
from language.entities.reading import entities_in

__all__ = ["ROLES", "Entity", "entities_in"]
