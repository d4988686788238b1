import Drone
import Simulation
import SpatialMath
import Tasks

/// A task with all that can differ, wind and noise on, and short episodes.
struct HarshTask<Base: DroneTask>: TaskWrapper {
  var base: Base
  var setup: TaskSetup

  init(_ base: Base, timeLimit: Double) {
    var setup = base.setup
    setup.timeLimit = timeLimit
    setup.randomisation = .everything
    setup.wind = .everything
    setup.noise = .everything
    (self.base, self.setup) = (base, setup)
  }
}

extension Randomisation {
  /// A good deal of every difference.
  static let everything = Randomisation(
    mass: 0.8...1.2, inertia: 0.8...1.2, motors: 0.95...1.05, drag: 0...2, delay: 0...3,
    position: Vector(0.2, 0.2, 0.05), speed: 0.2, tilt: 0.2, yaw: 3, bodyRate: 1,
    windSpeed: 0...3)
}

extension Wind {
  /// A breeze, a gust and turbulence.
  static let everything = Wind(
    mean: Vector(1, -0.5, 0.1), gusts: [Gust(peak: Vector(0, 3, 0), start: 0.1, duration: 0.3)],
    turbulence: DrydenTurbulence(intensity: 0.5, height: 3, airspeed: 1))
}

extension SensorNoise {
  /// A little of every error.
  static let everything = SensorNoise(
    position: 0.01, velocity: 0.05, attitude: 0.02, bodyRates: 0.1, range: 0.05)
}
