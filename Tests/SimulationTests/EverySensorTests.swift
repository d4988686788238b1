import Drone
import Parameters
import Randomness
import Rendering
import Simulation
import SpatialMath
import Testing

/// What holds of every sensor in the catalogue.
struct EverySensorTests {
  private func sensor(_ name: String) throws -> any Sensor {
    let entry = try #require(SensorCatalogue.standard[name])
    return try entry.factory.make((), try #require(entry.factory.defaults))
  }

  /// What the sensor says of a drone that moves, from a seed on.
  private func readings(_ sensor: inout any Sensor, seed: UInt64) -> [Double] {
    sensor.reset(using: SplitMix64(seed: seed))
    var all: [Double] = []
    for step in 0..<20 {
      let time = 0.01 * Double(step)
      var own = [Double](repeating: .infinity, count: sensor.readingNames.count)
      var span = own.mutableSpan
      sensor.measure(
        GroundTruth(
          time: time, period: 0.01, state: DroneState(position: Vector(time, 0, 1)),
          specificForce: Vector(0, 0, 9.81),
          distances: Array(repeating: 1 + time, count: sensor.rays?.directions.count ?? 0)),
        into: &span)
      all += own
    }
    return all
  }

  @Test(
    "a reset with the same random numbers gives the same readings, with others others",
    arguments: SensorCatalogue.standard.names)
  func seeds(name: String) throws {
    var sensor = try sensor(name)
    let first = readings(&sensor, seed: 1).map(\.bitPattern)
    #expect(first != readings(&sensor, seed: 2).map(\.bitPattern))
    #expect(first == readings(&sensor, seed: 1).map(\.bitPattern))
  }

  @Test(
    "it writes all of its numbers, each of which has a name of its own",
    arguments: SensorCatalogue.standard.names)
  func names(name: String) throws {
    var sensor = try sensor(name)
    #expect(Set(sensor.readingNames).count == sensor.readingNames.count)
    #expect(!readings(&sensor, seed: 1).contains(.infinity))
  }
}
