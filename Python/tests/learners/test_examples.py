"""The examples that need PyTorch run, and say what they should."""

from __future__ import annotations

import pathlib
import re
import subprocess
import sys

import pytest


def said(name: str, checkout: pathlib.Path, folder: pathlib.Path) -> str:
    """What an example says."""
    done = subprocess.run(
        [sys.executable, checkout / "Examples/Python" / name],
        capture_output=True,
        text=True,
        cwd=folder,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_hover_by_stable_baselines3(checkout: pathlib.Path, tmp_path: pathlib.Path) -> None:
    text = said("hover_sb3.py", checkout, tmp_path)
    assert re.search(r"^learned for \d+ s\nreturn \d+$", text, re.MULTILINE), text


def test_images_teach_a_network(checkout: pathlib.Path, tmp_path: pathlib.Path) -> None:
    text = said("vision_hover.py", checkout, tmp_path)
    errors = [float(number) for number in re.findall(r"mean squared error (\S+)", text)]
    assert len(errors) == 4 and errors[-1] < errors[0], text


def test_behaviour_cloning_hovers(
    checkout: pathlib.Path, tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MINARI_DATASETS_PATH", str(tmp_path))
    text = said("behaviour_cloning.py", checkout, tmp_path)
    found = re.search(r"return (\S+), least (\S+); normalised (\S+)", text)
    assert found is not None, text
    # The policy that it learns from returns 473.
    assert float(found[1]) > 465 and float(found[2]) > 400, text
