"""PID and geometric control on one circle, with graphs."""

# %% Two drones, two controllers, one path beside the other
import pathlib

import numpy as np

import swiftlet


def circle(x: float) -> dict[str, object]:
    return {"circle": {"center": [x, 0, 1], "radius": 0.5, "period": 5}}


flight = swiftlet.fly(
    {
        "version": 1,
        "name": "tracking",
        "duration": 10,
        "drones": [
            {"model": "cf2x", "controller": "pid", "reference": circle(0)},
            {"model": "cf2x", "controller": "geometric", "reference": circle(2)},
        ],
    }
)

# %% How well they did
errors = np.linalg.norm(flight.position - flight.reference, axis=-1)
for name, error in zip(["pid", "geometric"], errors.T, strict=True):
    print(f"{name}: RMSE {100 * np.sqrt((error**2).mean()):.2f} cm, largest {100 * error.max():.2f} cm")

# %% The graphs; a notebook shows them, a script keeps them
graphs = flight.plot()
graphs.save(pathlib.Path("tracking.svg"))
