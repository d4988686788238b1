import Drone
import Randomness
import Rendering
import Simulation
import SpatialMath

/// What the sensors of an observation read, of all drones of some worlds.
struct SensorReadings: Sendable {
  /// A sensor of the observation.
  fileprivate struct Part: Sendable {
    let column: Int
    let scale: Double
    var sensor: any Sensor
    var truth: GroundTruth
    let readingCount: Int
    /// The numbers of one drone. [unit of the readings]
    var reading: [Double]
    /// The numbers of all rows. [unit of the readings]
    var readings: [Double]
  }

  private var parts: [Part] = []
  private let period: Double
  private let gravity: Vector<World, Double>

  init(_ rules: TaskRules, rowCount: Int) {
    period = rules.setup.period
    gravity = Vector(0, 0, rules.setup.physics.gravity)
    for (observed, column) in rules.observer.sensors {
      let (sensor, readingCount) = (observed.sensor, observed.count)
      let truth = GroundTruth(
        time: 0, period: rules.setup.period, state: DroneState(), specificForce: .zero,
        distances: Array(repeating: .infinity, count: sensor.rays?.directions.count ?? 0))
      parts.append(
        Part(
          column: column, scale: observed.scale, sensor: sensor, truth: truth,
          readingCount: readingCount, reading: Array(repeating: .nan, count: readingCount),
          readings: Array(repeating: .nan, count: rowCount * readingCount)))
    }
  }

  /// Whether there is nothing to read.
  var isEmpty: Bool { parts.isEmpty }

  /// Measures the drones of a world.
  ///
  /// - Parameters:
  ///   - states: How the drones of all worlds move, a group an element.
  ///   - records: What else is known of their episodes.
  ///   - ranges: What was met along rays.
  ///   - world: The world.
  ///   - random: The world's random numbers.
  mutating func measure(
    _ states: [DroneState<DroneLanes>], _ records: borrowing EpisodeRecords,
    _ ranges: borrowing RangeSensing, world: Int, using random: inout SplitMix64
  ) {
    guard !parts.isEmpty else { return }
    let source = SplitMix64(seed: random.next())
    let time = Double(records.stepCounts[world]) * period
    for agent in 0..<records.agentCount {
      let row = world * records.agentCount + agent
      let (group, lane) = DroneLanes.place(of: row)
      let (state, before) = (
        states[group][lane: lane], records.statesBefore[group].velocity[lane: lane]
      )
      let change = state.velocity - before
      for index in parts.indices {
        let place = UInt64(agent * parts.count + index)
        parts[index].truth.time = time
        parts[index].truth.state = state
        parts[index].truth.specificForce = state.attitude.inverse((1 / period) * change + gravity)
        ranges.copyDistances(of: agent, partAt: parts[index].column, to: &parts[index].truth)
        parts[index].measure(row, using: source.stream(place))
      }
    }
  }

  /// Writes what a drone's sensors read.
  func write(_ row: Int, of width: Int, to observations: inout MutableSpan<Float>) {
    for part in parts {
      let columns = part.column..<part.column + part.readingCount
      var writer = RowWriter<Double>(row: row, columns: columns, of: width, in: observations)
      for index in row * part.readingCount..<(row + 1) * part.readingCount {
        writer.appendBounded(part.readings[index] / part.scale, to: &observations)
      }
    }
  }
}

extension SensorReadings.Part {
  fileprivate mutating func measure(_ row: Int, using random: SplitMix64) {
    sensor.reset(using: random)
    // Taken out and put back, so that they are written where they are.
    var numbers: [Double] = []
    swap(&numbers, &reading)
    var own = numbers.mutableSpan
    sensor.measure(truth, into: &own)
    for index in numbers.indices { readings[row * readingCount + index] = numbers[index] }
    swap(&numbers, &reading)
  }
}
