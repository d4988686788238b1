"""What environments for control have in common."""

from __future__ import annotations

from typing import Any

import numpy as np
from gymnasium import spaces

from ..._values import Array
from .BaseAviary import BaseAviary


class StateAviary(BaseAviary):
    """Shows the state vectors of all drones, (drones, 20), and has no task."""

    def _observationSpace(self) -> spaces.Box:
        bounds = [np.inf] * 3 + [1.0] * 4 + [np.pi] * 3 + [np.inf] * 6 + [self.MAX_RPM] * 4
        high = np.tile(bounds, (self.NUM_DRONES, 1))
        low = -high
        low[:, 2] = 0
        low[:, 16:] = 0
        return spaces.Box(low=low.astype(np.float32), high=high.astype(np.float32), dtype=np.float32)

    def _computeObs(self) -> Array:
        return np.hstack(
            [self.pos, self.quat, self.rpy, self.vel, self.ang_v, self.last_clipped_action]
        )

    def _computeReward(self) -> int:
        return -1

    def _computeTerminated(self) -> bool:
        return False

    def _computeTruncated(self) -> bool:
        return False

    def _computeInfo(self) -> dict[str, Any]:
        return {"answer": 42}
