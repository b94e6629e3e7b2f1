"""The base of encrypted fields: what Django's machinery sees of one, and when its value is sealed and opened.

An instance has the value under the field's name, opened when it is first looked at, and what is stored under
``<name>_sealed``. A value is sealed right before it is written. The database sees envelopes only: a clear value
in ``filter`` or ``update`` is refused. The kinds of fields stand in ``fields``.
"""

from __future__ import annotations

import base64
import binascii
import copy
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar
from uuid import UUID

from django.core import checks, validators
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.db.models.fields.related import lazy_related_operation
from django.db.models.signals import class_prepared
from django.views.decorators.debug import sensitive_variables

from nums_wagtail.foundation.errors import CannotSeal, VaultError

from . import envelope, record_keys
from .documents import DATA_KID

#: What the clear name may be set to, and what it gives. At runtime a field has no type parameters.
_ST = TypeVar("_ST", contravariant=True)
_GT = TypeVar("_GT", covariant=True)

if TYPE_CHECKING:

    class _Base(models.Field[_ST, _GT]): ...
else:

    class _Base(models.Field):
        def __class_getitem__(cls, types: Any) -> type[models.Field]:
            return cls


class Unsealed:
    """A clear value that waits for its sealing; ``before`` is the envelope that it may replace."""

    __slots__ = ("before", "value")

    def __init__(self, value: Any, before: bytes | None = None) -> None:
        self.value = value
        self.before = before

    def __deepcopy__(self, memo: Any) -> Unsealed:
        return Unsealed(copy.deepcopy(self.value, memo), self.before)

    def __reduce__(self) -> NoReturn:
        raise TypeError("A clear value is not stored; save the instance first.")


class EncryptedField(_Base[_ST, _GT]):
    """Base of the encrypted fields. Its model has a ``uuid``; it or ``data_key_from`` has a ``data_key``.

    Migrations see a plain BinaryField, so they depend on nothing here; add such a field to a table that has
    rows with ``null=True``.
    """

    empty_strings_allowed = False

    def __init__(self, *args: Any, data_key_from: str = record_keys.OWN, **kwargs: Any) -> None:
        self.data_key_from = data_key_from
        super().__init__(*args, **kwargs)
        if self.max_length is not None:
            self.validators.append(validators.MaxLengthValidator(self.max_length))

    # How a value becomes bytes and back: the two methods that a kind of field defines.

    def encode(self, value: Any) -> bytes:
        """Raises CannotSeal for a value that the field does not hold."""
        raise NotImplementedError

    def decode(self, clear: bytes) -> Any:
        """Raises CannotOpen."""
        raise NotImplementedError

    # As Django's machinery sees the field.

    def get_internal_type(self) -> str:
        return "BinaryField"

    def get_attname(self) -> str:
        return f"{self.name}_sealed"

    def get_attname_column(self) -> tuple[str, str]:
        return self.get_attname(), self.db_column or self.name

    def contribute_to_class(self, cls: type[models.Model], name: str, private_only: bool = False) -> None:
        super().contribute_to_class(cls, name, private_only)
        # A real property, since Model(**kwargs) accepts names beside the columns for properties alone.
        setattr(cls, name, property(self._get_clear, self._set_clear))
        class_prepared.connect(self._class_is_prepared, sender=cls)

    def _class_is_prepared(self, sender: type[models.Model], **kwargs: Any) -> None:
        try:
            if self.data_key_from == record_keys.OWN:
                record_keys.make_key_before_writing(sender)
            else:
                relation: Any = sender._meta.get_field(self.data_key_from)
                lazy_related_operation(
                    lambda child, parent: record_keys.make_key_before_writing(parent),
                    sender,
                    relation.remote_field.model,
                )
        except FieldDoesNotExist:
            # ``check`` says so in words.
            return

    def check(self, **kwargs: Any) -> list[checks.CheckMessage]:
        wanted = ["uuid", record_keys.COLUMN if self.data_key_from == record_keys.OWN else self.data_key_from]
        there = {field.name for field in self.model._meta.get_fields()}
        missing = [name for name in wanted if name not in there]
        problem = [
            checks.Error(
                f"{self.model._meta.label} has the encrypted field {self.name!r} but no field {name!r}, so "
                "its content could not be bound to its record or not be shredded with it.",
                hint="See the vault's page in the documentation for the columns that a record needs.",
                obj=self,
                id="nums_wagtail.E015",
            )
            for name in missing
        ]
        return [*super().check(**kwargs), *problem]

    def deconstruct(self) -> Any:
        name, _path, args, kwargs = super().deconstruct()
        for clear_side_only in ("choices", "default", "editable", "max_length", "validators"):
            kwargs.pop(clear_side_only, None)
        return name, "django.db.models.BinaryField", args, kwargs

    def get_default(self) -> Unsealed | None:
        value = super().get_default()
        return None if value is None else Unsealed(value)

    def get_lookup(self, lookup_name: str) -> Any:
        return super().get_lookup(lookup_name) if lookup_name == "isnull" else None

    def get_prep_value(self, value: Any) -> bytes | None:
        if value is None:
            return None
        if isinstance(value, envelope.Envelope) and envelope.is_envelope(bytes(value)):
            return bytes(value)
        raise CannotSeal("clear_value_in_query")

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        sealed = value if prepared else self.get_prep_value(value)
        return None if sealed is None else connection.Database.Binary(sealed)

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> bytes | None:
        return None if value is None else bytes(value)

    # Serialising: revisions, dumps and comparisons of Wagtail hold the envelope.

    def to_python(self, value: Any) -> Any:
        """An envelope from its base64; anything else is taken as it is, as a clear value."""
        if isinstance(value, envelope.Envelope):
            return bytes(value)
        if isinstance(value, str):
            try:
                decoded = base64.b64decode(value.encode("ascii"), validate=True)
            except (UnicodeEncodeError, binascii.Error):
                return value
            return decoded if envelope.is_envelope(decoded) else value
        return value

    def value_to_string(self, obj: models.Model) -> str:
        sealed = self.pre_save(obj, False)
        return "" if sealed is None else base64.b64encode(sealed).decode("ascii")

    def value_from_object(self, obj: models.Model) -> Any:
        return self._get_clear(obj)

    # Forms and validation work on the clear value; what is stored unchanged was validated before.

    def clean(self, value: Any, model_instance: models.Model | None) -> Any:
        if isinstance(value, envelope.Envelope):
            return value
        clear = self.clear_to_python(value.value if isinstance(value, Unsealed) else value)
        self.validate(clear, model_instance)
        self.run_validators(clear)
        return Unsealed(clear, value.before) if isinstance(value, Unsealed) else clear

    def clear_to_python(self, value: Any) -> Any:
        return value

    def formfield(self, **kwargs: Any) -> Any:
        if self.has_default() and not callable(self.default):
            kwargs.setdefault("initial", self.default)
        return super().formfield(**kwargs)

    # Sealing and opening.

    def context(self, record: Any) -> envelope.Context:
        """Where a value of this field is valid: the model that declares it, its name, the record's uuid."""
        return envelope.Context(self.model._meta.label, self.name, UUID(str(record)))

    def _raw(self, instance: models.Model) -> bytes | Unsealed | None:
        raw: Any = getattr(instance, self.attname)
        if isinstance(raw, memoryview | bytearray):
            raw = bytes(raw)
        elif raw is not None and not isinstance(raw, bytes | Unsealed):
            raw = Unsealed(raw)
        known: bytes | Unsealed | None = raw
        instance.__dict__[self.attname] = known
        return known

    def _get_clear(self, instance: models.Model) -> Any:
        """Raises CannotOpen, or KeyMissing when the record was shredded; never an empty value instead."""
        raw = self._raw(instance)
        if raw is None:
            return None
        return raw.value if isinstance(raw, Unsealed) else self._open(instance, raw)[1]

    def _set_clear(self, instance: models.Model, value: Any) -> None:
        if isinstance(value, envelope.Envelope):
            value = bytes(value)
        elif value is not None and not isinstance(value, Unsealed):
            there = instance.__dict__.get(self.attname)
            value = Unsealed(value, there.before if isinstance(there, Unsealed) else there)
        instance.__dict__[self.attname] = value

    @sensitive_variables()
    def _open(self, instance: Any, sealed: bytes) -> tuple[bytes, Any]:
        memory = record_keys.memory_of(instance)
        known = memory.values.get(self.attname)
        if known is None or known[0] != sealed:
            key = record_keys.key_for_reading(record_keys.owner_of(instance, self.data_key_from))
            clear = envelope.open_envelope(lambda kid: key.secret, sealed, self.context(instance.uuid))
            known = memory.values[self.attname] = (sealed, clear, self.decode(clear))
        return known[1], known[2]

    def pre_save(self, model_instance: Any, add: bool) -> bytes | None:
        """The envelope to store; a new one only when the value has changed. Raises CannotSeal."""
        raw = self._raw(model_instance)
        known = record_keys.memory_of(model_instance).values.get(self.attname)
        if isinstance(raw, bytes) and known is not None and known[0] == raw:
            # What was opened may be a dict that has been changed in place.
            raw = Unsealed(known[2], raw)
        if isinstance(raw, Unsealed):
            raw = self._seal(model_instance, raw)
            model_instance.__dict__[self.attname] = raw
        return raw

    @sensitive_variables()
    def _seal(self, instance: Any, pending: Unsealed) -> bytes:
        clear = self.encode(pending.value)
        if pending.before is not None:
            try:
                if self._open(instance, pending.before)[0] == clear:
                    return pending.before
            except VaultError:
                # What cannot be opened is replaced, if its key is there to replace it.
                record_keys.memory_of(instance).values.pop(self.attname, None)
        try:
            key = record_keys.key_for_writing(record_keys.owner_of(instance, self.data_key_from))
        except VaultError as error:
            raise CannotSeal(error.code) from None
        sealed = envelope.seal(key.secret, DATA_KID, clear, self.context(instance.uuid))
        record_keys.memory_of(instance).values[self.attname] = (sealed, clear, pending.value)
        return sealed
