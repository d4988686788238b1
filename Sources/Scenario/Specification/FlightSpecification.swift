public import Drone
public import Simulation

/// What a scenario file says, with every default filled in.
///
/// A plain value: nothing is looked up or built yet, apart from having been checked. Encoded as JSON it
/// is the resolved scenario of a flight's metadata.
public struct FlightSpecification: Sendable, Encodable {
  /// The version of the file's format.
  public static let formatVersion = 1

  /// What the flight is called.
  public var name: String
  /// How long it lasts. [s]
  public var duration: Double
  /// Where its random numbers start.
  public var seed: UInt64
  /// How often things happen.
  public var rates: Rates
  /// How drones move.
  public var physics: Physics
  /// How the air moves.
  public var wind: Wind
  /// What else there is.
  public var world: WorldSpecification
  /// The drones, in order.
  public var drones: [DroneSpecification]

  /// How often things happen in a second of flight.
  public struct Rates: Sendable, Encodable, Equatable {
    /// Physics steps. [Hz]
    public var physics: Double
    /// Commands by the controllers. [Hz]
    public var control: Double
    /// Recorded instants. [Hz]
    public var record: Double
  }

  /// How drones move.
  public struct Physics: Sendable, Encodable, Equatable {
    /// The answers to every question on which simulators differ.
    public var preset: PhysicsPreset
    /// Who looks after contacts.
    public var dynamics: FlightPhysics.Dynamics
    /// The acceleration of free fall. [m/s²]
    public var gravity: Double
    /// The names of what the air does, in the order in which it acts.
    public var effects: [String]
  }
}

extension PhysicsPreset: Encodable {}
extension FlightPhysics.Dynamics: Encodable {}
