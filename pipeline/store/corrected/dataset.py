"""Published tables with what people have corrected, as Arrow datasets; only rows that change are held."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.dataset as ds

from ...corrections.apply import CORRECTED, Fixes, counting, fold, touched, with_fixes
from ...schemas import CORRECTIONS
from ..tables import open_tables


def open_corrected(output: Path) -> dict[str, ds.Dataset]:
    """Every table of an output folder as a dataset, with what people have corrected.

    Raises:
        FileNotFoundError: there is no finished run.
    """
    return with_corrections(open_tables(output))


def with_corrections(tables: dict[str, ds.Dataset]) -> dict[str, ds.Dataset]:
    """Tables as they were read, with what people have corrected; those that it does not change are the same datasets."""
    fixes = fold(counting(tables[CORRECTIONS.name].to_table()))
    return {name: CorrectedTable(name, read, fixes) if touched(name, fixes) else read for name, read in tables.items()}


class CorrectedTable(ds.Dataset):  # whoever takes a dataset asks for it by its class, as DuckDB does
    """A dataset of which some rows are other ones than its files hold. Its fragments and ``files`` are those of what was read.

    Args:
        name: the table.
        read: the table as it was read.
        fixes: what was corrected.
    """

    def __init__(self, name: str, read: ds.Dataset, fixes: Fixes) -> None:
        self._name, self._read, self._fixes = name, read, fixes

    def __reduce__(self) -> tuple[Any, ...]:
        return CorrectedTable, (self._name, self._read, self._fixes)

    @property
    def schema(self) -> pa.Schema:
        """The columns, as those of the table that was read."""
        return self._read.schema

    @property
    def files(self) -> list[str]:
        """The files of the table that was read."""
        return list(self._read.files)

    @cached_property
    def _others(self) -> pc.Expression:
        ids = touched(self._name, self._fixes)
        return pc.field(CORRECTED[self._name]).isin(pa.array(ids, pa.string()))

    @cached_property
    def _fixed(self) -> ds.Dataset:
        rows = with_fixes(self._name, self._read.to_table(filter=self._others), self._fixes)
        return ds.dataset(rows)

    def scanner(self, columns: Any = None, filter: pc.Expression | None = None, **how: Any) -> ds.Scanner:
        """What reads the rows: those that nobody corrected from the files, and then the others."""
        rest = ~self._others if filter is None else filter & ~self._others
        first = self._read.scanner(columns=columns, filter=rest, **how)
        then = self._fixed.scanner(columns=columns, filter=filter)

        def batches() -> Iterator[pa.RecordBatch]:
            yield from first.to_batches()
            yield from then.to_batches()

        return ds.Scanner.from_batches(batches(), schema=first.projected_schema)

    def to_batches(self, columns: Any = None, filter: pc.Expression | None = None, **how: Any) -> Iterator[pa.RecordBatch]:
        """The rows, some at a time."""
        return iter(self.scanner(columns, filter, **how).to_batches())

    def to_table(self, columns: Any = None, filter: pc.Expression | None = None, **how: Any) -> pa.Table:
        """The rows as a table."""
        return self.scanner(columns, filter, **how).to_table()

    def count_rows(self, filter: pc.Expression | None = None, **how: Any) -> int:
        """How many rows there are."""
        rest = ~self._others if filter is None else filter & ~self._others
        return int(self._read.count_rows(filter=rest, **how)) + int(self._fixed.count_rows(filter=filter))

    def head(self, num_rows: int, columns: Any = None, filter: pc.Expression | None = None, **how: Any) -> pa.Table:
        """The first rows."""
        out: list[pa.RecordBatch] = []
        scanner = self.scanner(columns, filter, **how)
        left = num_rows
        for batch in scanner.to_batches():
            out.append(batch.slice(0, left))
            left -= len(out[-1])
            if left <= 0:
                break
        return pa.Table.from_batches(out, schema=scanner.projected_schema)

    def take(self, indices: Any, **how: Any) -> pa.Table:
        """Rows by their number."""
        return self.to_table(**how).take(pa.array(indices))

    def filter(self, expression: pc.Expression) -> ds.Dataset:
        """The rows that an expression chooses."""
        return ds.dataset(self.to_table(filter=expression))

    def sort_by(self, sorting: Any, **how: Any) -> ds.Dataset:
        """The rows in an order."""
        return ds.dataset(self.to_table().sort_by(sorting, **how))

    def join(self, right_dataset: Any, *args: Any, **how: Any) -> ds.Dataset:
        """The rows joined with others."""
        return ds.dataset(self.to_table()).join(right_dataset, *args, **how)

    def join_asof(self, right_dataset: Any, *args: Any, **how: Any) -> ds.Dataset:
        """The rows joined with those that are nearest."""
        return ds.dataset(self.to_table()).join_asof(right_dataset, *args, **how)

    def get_fragments(self, filter: pc.Expression | None = None) -> Iterator[ds.Fragment]:
        """The fragments of the table that was read are not corrected.

        Raises:
            NotImplementedError: always.
        """
        raise NotImplementedError("fragments are of what was read: take those of onrecord.tables(DIR, as_read=True)")

    def replace_schema(self, schema: pa.Schema) -> ds.Dataset:
        """The rows with another schema."""
        return ds.dataset(self.to_table()).replace_schema(schema)

    @property
    def partition_expression(self) -> pc.Expression:
        """What holds for all rows."""
        return self._read.partition_expression
