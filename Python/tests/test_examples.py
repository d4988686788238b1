"""The examples run, and say what they should."""

from __future__ import annotations

import pathlib
import re
import subprocess
import sys

import pytest

SAYS = {
    "branches.py": r"2\.4 s|1\.0 s: 0\.\d+",
    "domain_randomisation.py": r"late: mean return ",
    "monte_carlo.py 40": r"40 flights, 0 failed\nrmse: median \d+\.\d cm",
    "own_reward.py": r"\d+ episodes, mean return \d+",
    "policy_transfer.py hover --draws 1 --steps 8000": r"\| cf2x_phoenix_2021_12 \| drawn \| ",
    "pid_tracking.py": r"pid: RMSE .*\ngeometric: RMSE ",
    "swarm_pettingzoo.py": r"mean return: ",
}


@pytest.mark.parametrize("name", sorted(SAYS))
def test_an_example_runs(name: str, checkout: pathlib.Path, tmp_path: pathlib.Path) -> None:
    program, *arguments = name.split()
    done = subprocess.run(
        [sys.executable, checkout / "Examples/Python" / program, *arguments],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert re.search(SAYS[name], done.stdout), done.stdout
