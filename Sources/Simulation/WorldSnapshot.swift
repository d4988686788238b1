import Bullet
public import Drone
public import SpatialMath

/// A world at one instant: all that its next steps need to know.
///
/// A value: it may be kept, compared, put back, put into another world like its own, or written down
/// as bytes.
public struct WorldSnapshot: Sendable, Equatable {
  /// What there is to know of one drone.
  struct Drone: Sendable, Equatable {
    var state: DroneState<Double>
    var linkFrame: RotationMatrix<Body, World, Double>
    var command: PerRotor<Double>
    var push: Wrench<World, Double>
    var contactCount: Int
    /// The turbulence that it meets, if there is any.
    var eddy: DrydenFilter?

    static func == (a: Self, b: Self) -> Bool { a.words == b.words }
  }

  /// How many steps the world has made. [–]
  public internal(set) var steps: Int
  var drones: [Drone]
  /// How the obstacles move whose motion is not scheduled.
  var obstacles: [BodyMotion]

  /// How many drones there are.
  public var droneCount: Int { drones.count }

  /// Whether another snapshot is of the same kind of world: as many drones and obstacles, and turbulence
  /// in both or neither.
  package func isLike(_ other: WorldSnapshot) -> Bool {
    drones.count == other.drones.count && obstacles.count == other.obstacles.count
      && zip(drones, other.drones).allSatisfy { ($0.eddy == nil) == ($1.eddy == nil) }
  }

  /// The state of one drone; change it to branch off elsewhere.
  public subscript(drone: Int) -> DroneState<Double> {
    get { drones[drone].state }
    set { drones[drone].state = newValue }
  }
}

/// Why a snapshot cannot be read or put back.
public enum SnapshotError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The bytes are no snapshot.
  case noSnapshot
  /// The bytes come from another version.
  case version(Int)
  /// The bytes have been cut off or changed, or say what no world can be.
  case damaged
  /// The snapshot is of a world with other drones or obstacles.
  case otherWorld

  public var description: String {
    switch self {
    case .noSnapshot: "these bytes are not a snapshot"
    case .version(let version):
      "the snapshot has format \(version), and this program reads \(WorldSnapshot.formatVersion)"
    case .damaged: "the snapshot is damaged"
    case .otherWorld: "the snapshot is of a world with other drones or obstacles"
    }
  }
}
