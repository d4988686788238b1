import Rendering
import SpatialMath

/// Range finders that measure together, each along a direction of its own.
public struct RangeDeck: Sendable, Equatable {
  /// Where the rays go.
  public enum Rays: Sendable, Hashable {
    /// One, down.
    case down
    /// The five of the Crazyflie's multiranger: front, back, left, right and up.
    case multiranger
    /// So many, evenly around the drone in its own level, the first ahead and the second to its left.
    case ring(Int)
  }

  /// Where its rays go.
  public var rays: Rays
  /// How bad each of its range finders is.
  public var errors: RangeFinder.Errors

  /// Range finders along some rays.
  public init(_ rays: Rays, errors: RangeFinder.Errors = .init()) {
    (self.rays, self.errors) = (rays, errors)
  }

  /// What recordings call the distances, ray by ray.
  public var columns: [String] {
    switch rays {
    case .down: ["range_down"]
    case .multiranger: ["front", "back", "left", "right", "up"].map { "range_\($0)" }
    case .ring(let count): (0..<count).map { "lidar_\($0)" }
    }
  }

  /// The stream of a drone's random numbers that its errors come from.
  var stream: UInt64 {
    switch rays {
    case .down: 2
    case .multiranger: 3
    case .ring: 4
    }
  }

  /// The rays, from the drone's centre of mass.
  func sensor() throws(SimulationError) -> RangeSensor {
    // What is too near or too far is for the range finders to say: a ray meets the nearest thing.
    let reach = 1e-4...min(max(errors.maximum, 1e-3), 1e6)
    do throws(RenderingError) {
      switch rays {
      case .down: return try .altimeter(range: reach)
      case .multiranger: return try .multiranger(range: reach)
      case .ring(let count): return try .lidar(rayCount: count, range: reach)
      }
    } catch { throw SimulationError(error.description) }
  }
}

extension Sensors {
  /// Its range finders.
  public var decks: [RangeDeck] {
    var decks: [RangeDeck] = []
    if let range { decks.append(RangeDeck(.down, errors: range)) }
    if let multiranger { decks.append(RangeDeck(.multiranger, errors: multiranger)) }
    if let lidar { decks.append(RangeDeck(.ring(lidar.rays), errors: lidar.errors)) }
    return decks
  }
}
