/// What becomes of a firmware before it flies.
package enum FirmwareSource: Sendable, Equatable {
  /// What a program that is started takes for its time.
  package enum Clock: String, CaseIterable, Sendable {
    /// That of the simulation.
    case simulation
    /// That of the wall, scaled by how fast states come.
    case wall
  }

  /// This program is started for the flight, told these settings behind ours, and ended.
  case program(path: String, settings: [String], clock: Clock)
  /// It runs already, and has been set up.
  case running(FirmwareEndpoint)

  /// Where it is reached from outside, if it is.
  package var endpoint: FirmwareEndpoint? {
    switch self {
    case .program(_, _, .simulation): nil
    case .program(_, _, .wall): FirmwareEndpoint()
    case .running(let endpoint): endpoint
    }
  }
}
