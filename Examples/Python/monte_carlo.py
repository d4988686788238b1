"""Monte Carlo: quantiles of the tracking error over wind, mass and noise.

    python monte_carlo.py [FLIGHTS]

With the same folder again, only the flights that are missing are flown.
"""

import sys

import matplotlib.pyplot as plt
import numpy as np

import swiftlet

# %% A circle, flown by what the sensors say
SCENARIO = {
    "version": 1,
    "name": "circle",
    "duration": 12,
    "drones": [
        {
            "reference": {"circle": {"center": [0, 0, 1], "radius": 0.5, "period": 6}},
            "sensors": {"imu": {}, "motion_capture": {}},
        }
    ],
}
MASS = "drones[0].mass"
NOISE = "drones[0].sensors.motion_capture.position_noise"


def draw(random: np.random.Generator) -> dict[str, object]:
    """What is not known before a flight: the wind, from anywhere, what the drone weighs, and the sensors' noise."""
    speed, angle = random.uniform(0, 0.8), random.uniform(0, 2 * np.pi)
    return {
        "wind.mean": [speed * np.cos(angle), speed * np.sin(angle), 0],
        MASS: random.normal(0.0319, 0.001),
        NOISE: np.exp(random.uniform(np.log(1e-4), np.log(1e-2))),
        "seed": random.integers(1_000_000),
    }


# %% The flights: by all processors, or by a Ray cluster if there is one
count = int(sys.argv[1]) if len(sys.argv) > 1 else 500
table = swiftlet.sweep(
    SCENARIO, swiftlet.Sampler(draw, count), ["rmse", "largest_error"], folder="runs/monte-carlo"
)
failed = table["error"].notna()
table = table[~failed]
print(f"{count} flights, {failed.sum()} failed")
for name in ("rmse", "largest_error"):
    low, middle, high = 100 * table[name].quantile([0.05, 0.5, 0.95])
    print(f"{name}: median {middle:.1f} cm, 5 % below {low:.1f} cm, 5 % above {high:.1f} cm")

# %% Against each of the three: median, and the band between the quantiles of 5 and 95 %
table["wind"] = [float(np.linalg.norm(wind)) for wind in table["wind.mean"]]
figure, axes = plt.subplots(1, 3, figsize=(11, 3.5), sharey=True, layout="constrained")
for axis, column, label, scale in (
    (axes[0], "wind", "wind [m/s]", 1.0),
    (axes[1], MASS, "mass [g]", 1e3),
    (axes[2], NOISE, "noise of the position [mm]", 1e3),
):
    ordered = table.sort_values(column)
    groups = np.array_split(np.arange(len(ordered)), 10)
    at = [scale * ordered[column].iloc[group].median() for group in groups]
    bands = [100 * ordered["rmse"].iloc[group].quantile([0.05, 0.5, 0.95]) for group in groups]
    low, middle, high = np.transpose(bands)
    axis.scatter(scale * table[column], 100 * table["rmse"], s=4, alpha=0.3, color="tab:gray", rasterized=True)
    axis.fill_between(at, low, high, alpha=0.3, label="5 to 95 %")
    axis.plot(at, middle, label="median")
    axis.set_xlabel(label)
axes[2].set_xscale("log")
axes[0].set_ylabel("RMSE [cm]")
axes[0].legend(loc="upper left")
figure.savefig("monte-carlo.svg", dpi=150)
