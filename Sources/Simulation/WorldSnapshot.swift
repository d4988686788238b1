import Bullet
public import Drone
import Randomness
public import SpatialMath

/// The state of a world at one instant: all that its steps change and its next steps need to know.
///
/// It holds, of every drone, how it moves, the command and push that hold, the commands on their way to the
/// rotors, the contacts counted in the last step, the turbulence and the noise; of every obstacle, how it moves; and how many steps were made.
/// What steps do not change is the world's own and is not in it: parameters and shapes of drones,
/// obstacles, wind, scheduled pushes, physics and the length of a step. Of the parameters, the mean wind
/// and the length of a step it has a fingerprint, and a world in which these are others refuses it.
///
/// A value: it may be kept, compared, put back, put into another world like its own, or written down
/// as bytes.
public struct WorldSnapshot: Sendable, Equatable {
  /// What there is to know of one drone.
  package struct Drone: Sendable, Equatable {
    package var state = DroneState<Double>()
    package var linkFrame = RotationMatrix<Body, World, Double>(.identity)
    package var command = PerRotor(repeating: 0.0)
    package var push = Wrench<World, Double>.zero
    package var contactCount = 0
    /// The turbulence that it meets, if there is any.
    var turbulence: DrydenFilter?
    /// The noise that shakes it, if there is any.
    var noise: NoiseField.State?
    /// What it was commanded in the last steps, the oldest first, as far as that comes late. [rpm]
    package var pastCommands: [PerRotor<Double>] = []

    package static func == (a: Self, b: Self) -> Bool { a.words == b.words }

    private var words: [UInt64] {
      var (writer, drone) = (WordWriter(), self)
      drone.code(by: &writer)
      return writer.words
    }
  }

  /// How many steps the world has made. [–]
  package internal(set) var steps: Int
  /// A hash of what the world must have in common with one that it is put back into; none in snapshots of
  /// an older format.
  var fingerprint: UInt64?
  package var drones: [Drone]
  /// How the obstacles move whose motion is not scheduled.
  var obstacles: [BodyMotion]

  /// How many drones there are.
  package var droneCount: Int { drones.count }

  /// Whether another snapshot is of the same kind of world: as many drones and obstacles, turbulence and
  /// noise in both or neither, and as many commands on their way.
  package func isLike(_ other: WorldSnapshot) -> Bool {
    drones.count == other.drones.count && obstacles.count == other.obstacles.count
      && zip(drones, other.drones).allSatisfy {
        ($0.turbulence == nil) == ($1.turbulence == nil) && ($0.noise == nil) == ($1.noise == nil)
          && $0.pastCommands.count == $1.pastCommands.count
      }
  }

  /// Whether it is of a world with these parameters, mean wind and length of a step, as far as it can
  /// tell.
  package func fits(
    _ parameters: [DroneParameters<Double>], meanWind: Vector<World, Double>, period: Double
  ) -> Bool {
    guard let fingerprint else { return true }
    return fingerprint == Self.fingerprint(parameters, meanWind: meanWind, period: period)
  }

  static func fingerprint(
    _ parameters: some Sequence<DroneParameters<Double>>, meanWind: Vector<World, Double>,
    period: Double
  ) -> UInt64 {
    var hash = FNV1a()
    func add(_ number: Double) -> Double {
      hash.add(number.bitPattern)
      return number
    }
    _ = (add(period), meanWind.map(add))
    for drone in parameters { _ = drone.map(add) }
    return hash.value
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
  /// The snapshot is of a world with other drones or obstacles, another wind or another length of a step.
  case otherWorld

  public var description: String {
    switch self {
    case .noSnapshot: "these bytes are not a snapshot"
    case .version(let version):
      "the snapshot has format \(version), and this program reads 1 to \(WorldSnapshot.formatVersion)"
    case .damaged: "the snapshot is damaged"
    case .otherWorld:
      "the snapshot is of a world with other drones, obstacles or wind, or with steps of another length"
    }
  }
}
