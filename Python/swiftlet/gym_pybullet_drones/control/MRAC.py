"""Where the adaptive controller is in gym-pybullet-drones: importing it says so."""

raise ImportError(
    "MRAC is not there: derive it from swiftlet.gym_pybullet_drones.control.BaseControl.BaseControl, or choose one of "
    'swiftlet.catalogue("controllers")'
)
