import Drone
import Randomness
import Simulation
import SpatialMath

/// What the drones of some worlds see beside how they truly move.
struct Sensing: ~Copyable, Sendable {
  private let noise: SensorNoise
  /// How drones seem to move, a group an element, where that is not the truth.
  private(set) var states: [DroneState<DroneLanes>]
  /// Where the noise of each world's ranges starts, anew for every observation.
  private var rangeSeeds: [UInt64]
  /// What sensors read.
  private(set) var sensors: SensorReadings
  /// What range finders see.
  private(set) var ranges: RangeSensing
  /// Which drones seem to be near which, where neighbours are observed.
  var others: NearestOthers

  init(_ rules: TaskRules, worldCount: Int) throws(TaskError) {
    noise = rules.setup.noise
    let lanes = DroneLanes.laneCount
    let groups = (worldCount * rules.agentCount + lanes - 1) / lanes
    states = Array(repeating: DroneState(), count: rules.hasNoise ? groups : 0)
    rangeSeeds = Array(repeating: 0, count: noise.range > 0 ? worldCount : 0)
    let rowCount = worldCount * rules.agentCount
    let neighbours = rules.observer.neighbourCount
    others = NearestOthers(
      neighbours, worldCount: neighbours > 0 ? worldCount : 0, agentCount: rules.agentCount)
    sensors = SensorReadings(rules, rowCount: rowCount)
    ranges = try RangeSensing(rules, worldCount: worldCount)
  }

  /// Draws how the drones of a world seem to move.
  mutating func addNoise(
    to truth: [DroneState<DroneLanes>], rows: Range<Int>, world: Int,
    using random: inout SplitMix64
  ) {
    for row in rows {
      let (group, lane) = DroneLanes.place(of: row)
      states[group][lane: lane] = noise.applied(to: truth[group][lane: lane], using: &random)
    }
    if noise.range > 0 { rangeSeeds[world] = random.next() }
  }

  /// Casts all rays of a world, and reads its drones' sensors.
  mutating func look(
    _ states: [DroneState<DroneLanes>], _ records: borrowing EpisodeRecords, world: Int,
    using random: inout SplitMix64
  ) {
    ranges.look(states, records, world: world)
    sensors.measure(states, records, ranges, world: world, using: &random)
  }

  /// Writes how far one drone sees along the rays of a part.
  ///
  /// The noise has a stream of its own, since in which order agents and parts are written depends on the
  /// batch.
  func writeRanges(
    _ placed: Observer.PlacedPart, of row: Int, agent: Int, world: Int, width: Int,
    to observations: inout MutableSpan<Float>
  ) {
    var writer = RowWriter<Double>(
      row: row, columns: placed.columns, of: width, in: observations)
    let rays = ranges.rays(of: placed, row: row)
    let half = placed.part.halfDistance / rays.reach
    let isNoisy = noise.range > 0
    let place = UInt64(agent * width + placed.column)
    var random = SplitMix64(seed: isNoisy ? rangeSeeds[world] : 0).stream(place)
    let error = NoiseModel(.deviation(noise.range / rays.reach))
    for ray in rays.shares {
      var share = Double(ranges.shares[ray])
      if isNoisy { share = max(0, share + error.sample(using: &random)) }
      writer.appendBounded(half > 0 ? half / (half + share) : share, to: &observations)
    }
  }
}
