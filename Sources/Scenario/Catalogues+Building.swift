import Control
import Drone
import Recording
import Simulation
import Training

extension Catalogues {
  /// The physics that a scenario names.
  func physics(of specification: FlightSpecification) throws(FlightError) -> FlightPhysics {
    let settings = specification.physics
    var effects: [any AerodynamicEffect] = []
    for name in settings.effects {
      guard let entry = self.effects.entries.first(where: { $0.name == name }) else {
        throw FlightError("no effect is called \(name)")
      }
      effects.append(entry.effect(settings.preset))
    }
    var physics =
      switch settings.preset {
      case .accurate: FlightPhysics.accurate(dynamics: settings.dynamics, effects: effects)
      case .gpd: FlightPhysics.gpd(dynamics: settings.dynamics, effects: effects)
      }
    physics.gravity = settings.gravity
    return physics
  }

  /// The controller that a drone names, to be asked at a rate. [Hz]
  func controller(
    of drone: DroneSpecification, in physics: FlightSpecification.Physics, at rate: Double
  ) throws(FlightError) -> any Controller {
    switch drone.controller {
    case .named(let name):
      guard let entry = controllers[name] else {
        throw FlightError("no controller is called \(name)")
      }
      do throws(ControllerError) {
        return try entry.controller(
          for: drone.model, gravity: physics.gravity, preset: physics.preset)
      } catch { throw FlightError(error.description) }
    case .replay(_, let replay): return replay
    case .policy(_, let policy):
      do throws(TrainingError) {
        try policy.check(drone.model, frequency: rate)
        return policy
      } catch { throw FlightError(error.description) }
    }
  }
}
