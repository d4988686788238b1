package import Configuration
package import Simulation

/// What a scenario file says, with every default filled in.
///
/// A plain value: nothing is looked up or built yet, apart from having been checked. Encoded as JSON it
/// is the resolved scenario of a flight's metadata.
public struct FlightSpecification: Sendable, Encodable {
  /// The version of the file's format.
  package static let formatVersion = 1

  /// What the flight is called.
  public var name: String
  /// How long it lasts. [s]
  public var duration: Double
  /// Where its random numbers start.
  package var seed: UInt64
  /// How often things happen.
  package var rates: Rates
  /// How drones move.
  package var physics: PhysicsSpecification
  /// How the air moves.
  package var wind: Wind
  /// What else there is.
  package var world: WorldSpecification
  /// The drones, in order.
  public var drones: [DroneSpecification]

  /// How often things happen in a second of flight.
  package struct Rates: Sendable, Encodable, Equatable {
    /// Physics steps. [Hz]
    package var physics: Double
    /// Commands by the controllers. [Hz]
    package var control: Double
    /// Recorded instants. [Hz]
    package var record: Double
  }
}
