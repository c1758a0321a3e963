"""What docs/running.md says of the variables is what the settings read."""

import ast
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
READERS = {"text", "flag", "number", "words", "choice"}


def read_by_the_settings() -> set[str]:
    """The names that the settings ask the environment for."""
    tree = ast.parse((ROOT / "stenosis_pt" / "settings.py").read_text(encoding="utf-8"))
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)]
    asked = [call for call in calls if ast.unparse(call.func) in {f"env.{reader}" for reader in READERS}]
    return {str(ast.literal_eval(call.args[0])) for call in asked}


def test_every_variable_is_described_and_every_described_one_is_read() -> None:
    table = [line for line in (ROOT / "docs/running.md").read_text(encoding="utf-8").splitlines() if line[:3] == "| `"]
    described = [name for line in table for name in re.findall(r"`([A-Z_]+)`", line.split("|")[1])]
    assert len(described) == len(set(described))
    assert set(described) == read_by_the_settings()
