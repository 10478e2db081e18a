"""The domain of a model is read once.

Rasa reads and checks it as if somebody had just written it: four times, two thirds of a second at each start. Training
has checked it, and an archive is whole or is not loaded. Of each message it asks again whether the domain is empty, and
has it written out whole to see; a loaded domain does not change.
"""

from __future__ import annotations

from typing import Any, Final

from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.graph_components.providers.domain_provider import DomainProvider
from rasa.shared.core.domain import Domain
from rasa.shared.utils.io import read_file, read_yaml

from turns.fast import replace


def put_in_place() -> None:
    """Replaces the reading; what was read is the same."""
    replace(DomainProvider, "load", classmethod(_load))
    replace(Domain, "is_empty", _is_empty)


_seen_whether_empty: Final = Domain.is_empty


def _is_empty(self: Domain) -> bool:
    if "_is_empty" not in self.__dict__:
        self.__dict__["_is_empty"] = _seen_whether_empty(self)
    return bool(self.__dict__["_is_empty"])


def _load(
    cls: type[DomainProvider],
    config: dict[str, Any],
    model_storage: ModelStorage,
    resource: Resource,
    *_: Any,
    **__: Any,
) -> DomainProvider:
    with model_storage.read_from(resource) as folder:
        domain = Domain.from_dict(read_yaml(read_file(folder / "domain.yml")))
    return cls(model_storage, resource, domain)
