import { expect, test } from "@jest/globals";
import { importRows, outlinerOf, symbolRows } from "./outline-rows.ts";

const outliner = await outlinerOf("python");

function read(text: string) {
  return outliner.outline({ path: "app/store.py", language: "python", text });
}

test("classes with bases, fields, properties and the fields that the constructor sets", () => {
  const text = `
@dataclass(frozen=True)
class Order(Base[T], mixins.Dated, metaclass=Meta):
    """An order.

    from nowhere import nothing
    """

    id: int = 3
    LIMIT = 4
    note: str

    def __init__(self, rows: list[str], *, retries: int = 3) -> None:
        self.rows = rows
        self._retries: int = retries
        if self.rows == 3:
            self.later = 1

    @property
    def total(self) -> Decimal:
        return sum(self.rows)

    @total.setter
    def total(self, value):
        pass

    async def save(
        self,
        path: str = "#1",  # where
    ) -> bool:
        return True

    def _hidden(self): ...

    class Meta:
        ordering = ["id"]
`;
  expect(symbolRows(read(text))).toEqual([
    "3-36 + class Order <Base, mixins.Dated> | class Order(Base[T], mixins.Dated, metaclass=Meta)",
    "9 + field Order.id | id: int = 3",
    "10 + field Order.LIMIT | LIMIT = 4",
    "11 + field Order.note | note: str",
    "13-17 + method Order.__init__ | def __init__(self, rows: list[str], *, retries: int = 3) -> None",
    "14 + field Order.rows | self.rows",
    "15 - field Order._retries | self._retries: int",
    "17 + field Order.later | self.later",
    "20-25 + field Order.total | def total(self) -> Decimal",
    '27-31 + method Order.save | async def save(self, path: str = "#1") -> bool',
    "33 - method Order._hidden | def _hidden(self)",
    "35-36 + class Order.Meta | class Meta",
    '36 + field Meta.ordering | ordering = ["id"]',
  ]);
});

test("what __all__ lists is exported and nothing else", () => {
  const text = `__all__ = ["run", "_odd"]
__all__ += ["MAX_SIZE"]
MAX_SIZE = 10
logger = getLogger(__name__)
_odd = 1
def run(a, b): pass
def helper(): pass
class Helper:
    def go(self): pass
`;
  expect(symbolRows(read(text))).toEqual([
    "3 + constant MAX_SIZE | MAX_SIZE = 10",
    "4 - variable logger | logger = getLogger(__name__)",
    "5 + variable _odd | _odd = 1",
    "6 + function run | def run(a, b)",
    "7 - function helper | def helper()",
    "8-9 - class Helper | class Helper",
    "9 - method Helper.go | def go(self)",
  ]);
});

test("declarations in conditions and fallbacks are found once", () => {
  const text = `if sys.version_info >= (3, 11):
    import tomllib
else:
    tomllib = None
try:
    from json import loads
except ImportError:
    loads = None
if TYPE_CHECKING:
    Path = str
    def only(): ...
type Pair[T] = tuple[T, T]
`;
  expect(symbolRows(read(text))).toEqual([
    "4 + variable tomllib | tomllib = None",
    "8 + variable loads | loads = None",
    "10 + variable Path | Path = str",
    "11 + function only | def only()",
    "12 + type Pair | type Pair[T] = tuple[T, T]",
  ]);
});

test("imports wherever they stand keep their dots; text in strings is none", () => {
  const text = `"""
from docs import nothing
"""
import os.path as path, sys
from . import a
from ..core.store import (
    Store as S,  # the store, ours
    load,
)
from pkg import *
from long import one, \\
    two
def lazy():
    from .deep import thing; import re
if True: import json
`;
  expect(importRows(read(text))).toEqual([
    "4 os.path: *",
    "4 sys: *",
    "5 .: a",
    "6 ..core.store: Store, load",
    "10 pkg: *",
    "11 long: one, two",
    "14 .deep: thing",
    "14 re: *",
    "15 json: *",
  ]);
});
