"""Where the drones are that the Crazyflie's firmware flies in gym-pybullet-drones: importing it says so."""

raise ImportError(
    "CFAviary is not there: the laws of the Crazyflie's firmware are the controllers crazyflie-pid and "
    'crazyflie-mellinger, of a scenario or of swiftlet.Controllers(simulation, "crazyflie-pid")'
)
