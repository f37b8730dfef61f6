"""`typing.NamedTuple`, made faster. A process that answers one question makes some eighty types,
which takes `typing` a tenth of its time: for each it checks the fields, compiles a constructor and
sets up a class twice. Here types with equally many fields share one compiled constructor.

Type checkers see `typing.NamedTuple` itself. Modules that no fresh question loads use that one.
"""

from __future__ import annotations

import sys
from types import CodeType, FunctionType

from bot.core.light_typing import TYPE_CHECKING, Any

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

    _CONSTRUCTORS: dict[int, CodeType] = {}
    """The code of a constructor by the number of its type's fields."""

    def _constructor(name: str, fields: tuple[str, ...], defaults: Iterable[Any]) -> FunctionType:
        """Return the ``__new__`` of a type: the code for that many fields, with their names."""
        code = _CONSTRUCTORS.get(len(fields))
        if code is None:
            listed = ", ".join(fields)
            made: FunctionType = eval(  # noqa: S307 - as `collections.namedtuple` does
                f"lambda _cls, {listed}: _new(_cls, ({listed},))"
            )
            code = _CONSTRUCTORS[len(fields)] = made.__code__
        code = code.replace(co_varnames=("_cls", *fields), co_qualname=f"{name}.__new__")
        return FunctionType(code, {"_new": tuple.__new__}, "__new__", tuple(defaults))

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
                "__new__": _constructor(name, fields, defaults.values()),
            }
            return type.__new__(cls, name, bases, namespace)

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
