"""`typing.NamedTuple`, made faster. A process that answers one question makes some eighty types,
which takes `typing` a tenth of its time: for each it checks the fields, compiles a constructor and
sets up a class twice. Here a constructor is compiled when the first value is made.

Type checkers see `typing.NamedTuple` itself. Modules that no fresh question loads use that one.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import NamedTuple as NamedTuple
elif sys.version_info >= (3, 14):  # which keeps annotations elsewhere
    from typing import NamedTuple
else:
    try:
        from _collections import _tuplegetter as field_getter  # as `collections` does
    except ImportError:

        def field_getter(index: int, doc: str) -> property:
            return property(lambda values: values[index], doc=doc)

    class _NamedTupleType(type):
        """The type of types of named tuples."""

        def __new__(
            cls, name: str, bases: tuple[type, ...], namespace: dict[str, Any]
        ) -> _NamedTupleType:
            if bases != (NamedTuple,):  # it has the fields of the named tuple that it extends
                return type.__new__(cls, name, bases, namespace)
            fields = tuple(namespace.get("__annotations__", ()))
            defaults = {field: namespace[field] for field in fields if field in namespace}
            for index, field in enumerate(fields):
                namespace[field] = field_getter(index, f"Alias for field number {index}")
            namespace |= {
                "_fields": fields,
                "_field_defaults": defaults,
                "__match_args__": fields,
                "__slots__": (),
                "__new__": _compiled_at_first,
            }
            return type.__new__(cls, name, bases, namespace)

    def _compiled_at_first(cls: Any, /, *values: Any, **named: Any) -> Any:
        made = next(each for each in cls.__mro__ if "_fields" in vars(each))
        listed = ", ".join(made._fields)
        constructor = eval(  # noqa: S307 - as `collections.namedtuple` does
            f"lambda _cls, {listed}: _new(_cls, ({listed},))", {"_new": tuple.__new__}
        )
        constructor.__name__ = "__new__"
        constructor.__defaults__ = tuple(made._field_defaults.values()) or None
        made.__new__ = constructor
        return constructor(cls, *values, **named)

    class _Methods(tuple):
        """The methods of named tuples; see `collections.namedtuple`."""

        __slots__ = ()

        @classmethod
        def _make(cls, values: Iterable[Any]) -> Any:
            made = tuple.__new__(cls, values)
            if len(made) != len(cls._fields):
                raise TypeError(f"Expected {len(cls._fields)} arguments, got {len(made)}")
            return made

        def _replace(self, /, **changes: Any) -> Any:
            made = self._make(map(changes.pop, self._fields, self))
            if changes:
                raise ValueError(f"Got unexpected field names: {list(changes)!r}")
            return made

        __replace__ = _replace

        def _asdict(self) -> Mapping[str, Any]:
            return dict(zip(self._fields, self, strict=True))

        def __repr__(self) -> str:
            fields = ", ".join(f"{each}={value!r}" for each, value in self._asdict().items())
            return f"{type(self).__name__}({fields})"

        def __getnewargs__(self) -> tuple[Any, ...]:
            return tuple(self)

    NamedTuple = type.__new__(_NamedTupleType, "NamedTuple", (_Methods,), {"__slots__": ()})
