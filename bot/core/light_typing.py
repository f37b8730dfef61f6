"""Names of `typing` for the modules that a fresh question loads: to load `typing` itself takes
longer than to open the index.

Type checkers see the real names. At run time a name keeps what stands in its brackets, as
`typing.get_args` returns it, and does nothing else. Other modules use `typing`.
"""

from __future__ import annotations

TYPE_CHECKING = False

if TYPE_CHECKING:
    from typing import Annotated as Annotated
    from typing import Any as Any
    from typing import Generic as Generic
    from typing import Literal as Literal
    from typing import Protocol as Protocol
    from typing import Self as Self
    from typing import TextIO as TextIO
    from typing import TypeAlias as TypeAlias
    from typing import TypeGuard as TypeGuard
    from typing import TypeVar as TypeVar
    from typing import cast as cast
else:
    from types import GenericAlias

    class _Bracketed:
        __slots__ = ()
        __class_getitem__ = classmethod(GenericAlias)

    class Annotated(_Bracketed): ...

    class Generic(_Bracketed):
        __slots__ = ()

    class Literal(_Bracketed): ...

    class Protocol(_Bracketed):
        __slots__ = ()

    class TypeVar:
        def __init__(self, name, *constraints, bound=None): ...

        def __typing_subst__(self, kind):
            return kind

    Any = Self = TextIO = TypeAlias = TypeGuard = object

    def cast(kind, value):
        return value
