import Geometry
import Parameters
import Randomness
import SpatialMath

/// Hills over a grid of heights: a sum of octaves of noise, each with half the wavelength and half the height of
/// the one before.
///
/// The noise is drawn at the points of a lattice, and between them follows the curve 6 s⁵ − 15 s⁴ + 10 s³, whose
/// slope and curvature are 0 at both ends.
///
/// - K. Perlin, "Improving Noise", SIGGRAPH 2002, [doi:10.1145/566654.566636](https://doi.org/10.1145/566654.566636).
struct TerrainWorld: DrawnWorld {
  let seed: Int
  /// What it covers, and how high hills may be. [m]
  let area: Area
  /// How far the points of the grid are apart. [m]
  let spacing: Double
  /// The distance from hill to hill. [m]
  let wavelength: Double
  /// What stays level beside the places where drones start. [m]
  let clear: [Vector<World, Double>]
  /// How far from there it stays level. [m]
  let clearance: Double

  /// The most points that a grid may have.
  static let most = 250_000
  /// How many octaves are summed. [–]
  private static let octaves = 3
  /// How far below the ground its lowest points are, so that drones stand on the floor alone there. [m]
  private static let depth = 0.01

  func obstacles(clearOf places: [Vector<World, Double>]) -> [RigidBody] {
    let columns = Self.count(area.size.x, spacing)
    let rows = Self.count(area.size.y, spacing)
    let first = area.center - 0.5 * spacing * Vector(Double(columns - 1), Double(rows - 1), 0)
    let level = places + clear
    let heights = (0..<rows).flatMap { row in
      (0..<columns).map { column in
        let place = first + spacing * Vector(Double(column), Double(row), 0)
        return area.size.z * share(at: place) * rise(at: place, among: level)
      }
    }
    let ground = Pose<Double>(position: area.center - Vector(0, 0, Self.depth))
    return [
      RigidBody(.heightfield(heights, columns: columns, spacing: spacing), at: ground)
    ]
  }

  /// How many points a grid has along an edge. [–]
  static func count(_ edge: Double, _ spacing: Double) -> Int {
    max(2, Int((edge / spacing).rounded()) + 1)
  }

  /// The share of the greatest height that there is somewhere. [–]
  private func share(at place: Vector<World, Double>) -> Double {
    let random = SplitMix64(seed: UInt64(seed))
    var (sum, total, weight, scale) = (0.0, 0.0, 1.0, 1 / wavelength)
    for octave in 0..<Self.octaves {
      sum += weight * noise(scale * place.x, scale * place.y, random.stream(UInt64(octave)))
      total += weight
      (weight, scale) = (0.5 * weight, 2 * scale)
    }
    return sum / total
  }

  /// The noise between the four points of the lattice about a place, from 0 to 1. [–]
  private func noise(_ x: Double, _ y: Double, _ random: SplitMix64) -> Double {
    let (left, front) = (x.rounded(.down), y.rounded(.down))
    func value(_ i: Double, _ j: Double) -> Double {
      let column = random.stream(UInt64(bitPattern: Int64(left + i)))
      var own = column.stream(UInt64(bitPattern: Int64(front + j)))
      return own.uniform(in: 0...1)
    }
    func between(_ a: Double, _ b: Double, _ share: Double) -> Double { a + share * (b - a) }
    let (s, t) = (Self.eased(x - left), Self.eased(y - front))
    return between(
      between(value(0, 0), value(1, 0), s), between(value(0, 1), value(1, 1), s), t)
  }

  private static func eased(_ s: Double) -> Double { s * s * s * (s * (6 * s - 15) + 10) }

  /// The share of the hills that is left somewhere: none where it stays level, all half a wavelength away.
  private func rise(
    at place: Vector<World, Double>, among level: [Vector<World, Double>]
  ) -> Double {
    level.reduce(1) { least, middle in
      let offset = place - middle
      let distance = (offset.x * offset.x + offset.y * offset.y).squareRoot()
      let way = (distance - clearance - spacing) / (0.5 * wavelength)
      return min(least, Self.eased(min(1, max(0, way))))
    }
  }
}

extension TerrainWorld {
  static let entry = ParameterEntry<any DrawnWorld>(
    name: "terrain", summary: "hills, as triangles over a grid of heights", parameters: .seed,
    .center,
    .size("its length, its width, and how high hills may be", default: Vector(20, 20, 1)),
    .number(
      "spacing", "how far the points of its grid are apart", unit: "m", in: .within(0.01...100),
      default: 0.5),
    .number(
      "wavelength", "the distance from hill to hill", unit: "m", in: .within(0.1...1000),
      default: 5), .clear,
    .clearance("how far about what stays clear it is level", default: 0.5)
  ) { seed, center, size, spacing, wavelength, clear, clearance throws(ParameterError) in
    guard count(size.x, spacing) * count(size.y, spacing) <= most else {
      throw ParameterError(
        "makes a grid of more than \(most) points", of: "spacing",
        expected: "\((size.x * size.y / Double(most)).squareRoot() * 1.01) m or more for this size")
    }
    return TerrainWorld(
      seed: seed, area: Area(center: center, size: size), spacing: spacing,
      wavelength: wavelength, clear: clear, clearance: clearance)
  }
}
