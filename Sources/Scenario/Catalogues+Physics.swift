import Configuration
import Parameters
package import Simulation

extension Catalogues {
  /// The physics that a scenario names.
  package func physics(of specification: FlightSpecification) throws(FlightError) -> FlightPhysics {
    let names = specification.physics
    guard let physics = names.physics(effects) else {
      let unknown = names.effects.first { effects[$0] == nil }
      throw FlightError("no effect is called \(unknown ?? "")")
    }
    return physics
  }
}
