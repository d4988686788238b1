// One import for a user: `import Swiftlet`.
@_exported public import Configuration
@_exported public import Control
@_exported public import Drone
@_exported public import Geometry
@_exported public import Gym
@_exported public import Learning
@_exported public import Parameters
@_exported public import Randomness
@_exported public import Recording
@_exported public import Rendering
@_exported public import Scenario
@_exported public import Simulation
@_exported public import SpatialMath
@_exported public import TaskFiles
@_exported public import Tasks
@_exported public import Training
@_exported public import Workers
