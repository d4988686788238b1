package import Drone
import Randomness
import SpatialMath

/// The sensors of all drones of a world, which measure at once.
///
/// Where all sensors look along rays alone, a measurement allocates nothing.
package struct SensorArray: ~Copyable, Sendable {
  /// What recordings call the numbers of a drone, in order: all that any drone has.
  package let columns: [String]
  /// The last numbers, the columns of one drone after those of the one before; not a number where a
  /// drone has no such sensor, or it sees nothing. [unit of each]
  package private(set) var readings: [Double]

  private var suites: [SensorSuite]
  private let places: [[Place]]
  private var rays: SensorRays

  /// Where the numbers of a sensor go: the column of each.
  private struct Place: Sendable {
    let sensor: Int
    let columns: [Int]
  }

  /// The stream of the seed that sensors draw from.
  private static let stream: UInt64 = 2

  /// The sensors that drones have.
  ///
  /// - Parameters:
  ///   - sensors: Those of each drone, in the order of the drones.
  ///   - world: The world.
  ///   - gravity: The acceleration of free fall. [m/s²]
  /// - Throws: ``SimulationError`` if something is too small or too large for rays to see.
  package init(
    _ sensors: [[NamedSensor]], in world: WorldDescription, gravity: Double
  ) throws(SimulationError) {
    precondition(sensors.count == world.models.count, "sensors, or none, for each drone")
    let random = SplitMix64(seed: world.seed).stream(Self.stream)
    let suites = sensors.enumerated().map { drone, own in
      SensorSuite(own, gravity: gravity, random: random.stream(UInt64(drone)))
    }
    let columns = Self.columns(of: sensors.flatMap(\.self))
    places = suites.map { Self.places(of: $0, among: columns) }
    rays = try SensorRays(of: suites, in: world)
    (self.columns, self.suites) = (columns, suites)
    readings = Array(repeating: .nan, count: sensors.count * columns.count)
  }

  /// The columns of all sensors, those of the same kind in a row.
  private static func columns(of sensors: [NamedSensor]) -> [String] {
    let recorded = sensors.filter(\.sensor.isRecorded).sorted { a, b in
      guard a.name == b.name else { return NamedSensor.precedes(a, b) }
      return a.sensor.readingNames.count > b.sensor.readingNames.count
    }
    var (columns, known) = ([String](), Set<String>())
    for named in recorded {
      columns += named.sensor.readingNames.filter { known.insert($0).inserted }
    }
    return columns
  }

  private static func places(of suite: SensorSuite, among columns: [String]) -> [Place] {
    suite.sensors.indices.filter { suite.sensors[$0].sensor.isRecorded }.map { index in
      let names = suite.sensors[index].sensor.readingNames
      return Place(sensor: index, columns: names.compactMap(columns.firstIndex))
    }
  }

  /// Measures where the drones are now.
  ///
  /// - Parameters:
  ///   - simulator: Where they are.
  ///   - time: The time. [s]
  ///   - period: The time since the last measurement. [s]
  package mutating func measure(
    in simulator: inout Simulator, at time: Double, every period: Double
  ) {
    rays.cast(for: &suites, in: &simulator)
    for drone in suites.indices where !suites[drone].sensors.isEmpty {
      suites[drone].measure(simulator.swarm[drone], at: time, every: period)
      for place in places[drone] {
        let numbers = suites[drone].readings[place.sensor]
        for index in place.columns.indices {
          readings[drone * columns.count + place.columns[index]] = numbers[index]
        }
      }
    }
  }

  /// How a drone seems to move, by its sensors; without any it is the truth that counts: `nil`.
  package func estimate(ofDrone drone: Int) -> DroneState<Double>? {
    suites[drone].sensors.isEmpty ? nil : suites[drone].estimate
  }
}
