"""Lists of deputies and organs: what each row would do, and doing it.

Plain rows come in (the pages that read workbooks live upstairs); a ``Plan`` comes out that says of
every cell what it means, and nothing is written before ``apply_deputies`` or ``apply_organs``.
"""

from huiyin.accounts.imports.columns import (
    DEPUTY_COLUMNS,
    ORGAN_COLUMNS,
    ColumnSpec,
    guess_columns,
)
from huiyin.accounts.imports.deputies import apply_deputies, plan_deputies
from huiyin.accounts.imports.organs import apply_organs, plan_organs
from huiyin.accounts.imports.rows import (
    Act,
    CellVerdict,
    Given,
    Outcome,
    Plan,
    PlannedRow,
    SourceRow,
    Weight,
)

__all__ = [
    "DEPUTY_COLUMNS",
    "ORGAN_COLUMNS",
    "Act",
    "CellVerdict",
    "ColumnSpec",
    "Given",
    "Outcome",
    "Plan",
    "PlannedRow",
    "SourceRow",
    "Weight",
    "apply_deputies",
    "apply_organs",
    "guess_columns",
    "plan_deputies",
    "plan_organs",
]
