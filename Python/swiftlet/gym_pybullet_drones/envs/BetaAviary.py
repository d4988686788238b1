"""Where the drones are that Betaflight flies in gym-pybullet-drones: importing it says so."""

raise ImportError(
    "BetaAviary is not there: Betaflight's SITL is not driven from Python. The law that commands it is "
    "swiftlet.gym_pybullet_drones.control.CTBRControl, and the whole loop the controller ctbr of a scenario"
)
