import Drone
import Parameters
package import Simulation

extension Catalogues {
  /// The physics that a scenario names.
  package func physics(of specification: FlightSpecification) throws(FlightError) -> FlightPhysics {
    let settings = specification.physics
    var effects: [any AerodynamicEffect] = []
    for name in settings.effects {
      guard let entry = self.effects[name] else {
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
}
