package import Bullet
public import SpatialMath

/// A point at which a drone met something in the last step.
public struct DroneContact: Sendable, Equatable {
  /// What a drone may meet.
  public enum Other: Sendable, Equatable {
    /// The floor of its world.
    case floor
    /// An obstacle of its world, by its place in the description.
    case obstacle(Int)
    /// Another drone, counted through all worlds.
    case drone(Int)
  }

  /// The drone, counted through all worlds.
  public let drone: Int
  /// What it met.
  public internal(set) var other: Other
  /// The point, on the surface of the other. [m]
  public let position: Vector<World, Double>
  /// The direction from the other to the drone. [–]
  public let normal: Vector<World, Double>
  /// How far they overlapped at the start of the step, negative for a gap. [m]
  public let depth: Double
  /// The impulse on the drone along the normal, 0 or above. [N·s]
  public let impulse: Double
}

extension Simulator {
  /// The points at which drones pushed or overlapped with something in the last step; where two drones
  /// met, the one that is counted later comes first.
  public mutating func droneContacts() -> [DroneContact] {
    floorContacts + (contacts?.droneContacts() ?? [])
  }

  /// Looks along rays at floors and obstacles.
  ///
  /// A ray's subworld is the world in which it is cast. Without contacts there is nothing to see.
  package mutating func cast(_ rays: Span<Ray>, into hits: inout MutableSpan<RayHit>) {
    guard contacts == nil else {
      contacts?.world.cast(rays, into: &hits)
      return
    }
    for ray in rays.indices { hits[ray] = RayHit(missing: rays[ray]) }
  }
}

extension ContactSolver {
  mutating func droneContacts() -> [DroneContact] {
    var found: [Contact] = []
    if hasSolved { world.readContacts(into: &found) }
    guard !found.isEmpty else { return [] }
    let drones = Dictionary(uniqueKeysWithValues: zip(vehicles, vehicles.indices))
    let obstacles = obstacles.places
    return found.compactMap { contact in
      guard case .vehicle(let vehicle) = contact.first, let drone = drones[vehicle] else {
        return nil
      }
      let other: DroneContact.Other
      switch contact.second {
      case .vehicle(let second):
        guard let second = drones[second] else { return nil }
        other = .drone(second)
      case .body(let body): other = obstacles[body].map { .obstacle($0) } ?? .floor
      }
      return DroneContact(
        drone: drone, other: other, position: contact.position, normal: contact.normal,
        depth: contact.depth, impulse: contact.impulse)
    }
  }
}
