// One import for a user: `import Swiftlet`.
@_exported public import Bullet
@_exported public import Control
@_exported public import Drone
@_exported public import Geometry
@_exported public import Gym
@_exported public import LiveView
@_exported public import Pictures
@_exported public import Plotting
@_exported public import Randomness
@_exported public import Recording
@_exported public import Rendering
@_exported public import Scenario
@_exported public import Simulation
@_exported public import SpatialMath
@_exported public import SwiftletAssets
@_exported public import Tasks
@_exported public import Workers
