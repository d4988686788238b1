import Drone
import Randomness
import Rendering
import SpatialMath

/// The range finders of all drones of a world, which measure at once.
///
/// They see the floor, obstacles and the outlines of other drones, with contacts or without. A
/// measurement allocates nothing.
public struct RangeArray: ~Copyable, Sendable {
  /// What recordings call the distances of a drone, in order: all that any drone has.
  public let columns: [String]
  /// The last distances, the columns of one drone after those of the one before; not a number where
  /// a drone has no such range finder, or it sees nothing. [m]
  public private(set) var distances: [Double]

  private var fans: [Fan]
  private var surroundings: Surroundings
  private var renderer: Renderer

  /// The range finders that drones have.
  ///
  /// - Parameters:
  ///   - decks: Those of each drone, in the order of the drones.
  ///   - world: The world.
  /// - Throws: ``SimulationError`` if a ring has no rays, or something is too small or too large for
  ///   rays to see.
  public init(_ decks: [[RangeDeck]], in world: WorldDescription) throws(SimulationError) {
    precondition(decks.count == world.models.count, "range finders, or none, for each drone")
    let hasAny = decks.contains { !$0.isEmpty }
    let surroundings = try Surroundings(of: hasAny ? [world] : [], guise: .outline)
    let columns = Self.columns(of: decks.flatMap(\.self))
    let random = SplitMix64(seed: world.seed).stream(StateEstimator.stream)
    var fans: [Fan] = []
    for (drone, own) in decks.enumerated() {
      for deck in own {
        if !fans.contains(where: { $0.fits(deck) }) {
          let column = deck.columns.first.flatMap { columns.firstIndex(of: $0) }
          fans.append(Fan(deck, sensor: try deck.sensor(), column: column ?? 0))
        }
        guard let fan = fans.firstIndex(where: { $0.fits(deck) }) else { continue }
        let finder = RangeFinder(
          deck.errors, random: random.stream(UInt64(drone)).stream(deck.stream))
        fans[fan].add(drone, finder: finder, id: surroundings.id(ofDrone: drone))
      }
    }
    (self.columns, self.surroundings, self.fans) = (columns, surroundings, fans)
    distances = Array(repeating: .nan, count: decks.count * columns.count)
    renderer = Renderer()
  }

  /// The columns of all decks, those with the same rays in a row.
  private static func columns(of decks: [RangeDeck]) -> [String] {
    var columns: [String] = []
    for deck in decks.sorted(by: { ($0.stream, $1.columns.count) < ($1.stream, $0.columns.count) })
    {
      for name in deck.columns where !columns.contains(name) { columns.append(name) }
    }
    return columns
  }

  /// Measures from where the drones are now.
  public mutating func measure(in simulator: inout Simulator) {
    guard !fans.isEmpty else { return }
    surroundings.update(world: 0, from: &simulator)
    let scenes = surroundings.scenes
    for fan in fans.indices {
      fans[fan].look(from: simulator)
      fans[fan].measure(with: &renderer, in: scenes)
      fans[fan].write(into: &distances, columnCount: columns.count)
    }
  }

  /// The distance in a column of a drone; `nil` where it sees nothing. [m]
  public func distance(_ column: String, ofDrone drone: Int) -> Double? {
    guard let column = columns.firstIndex(of: column) else { return nil }
    let distance = distances[drone * columns.count + column]
    return distance.isNaN ? nil : distance
  }
}

/// The drones with the same rays, which are cast in one go.
private struct Fan: Sendable {
  private let deck: RangeDeck
  private let sensor: RangeSensor
  private let column: Int
  private var drones: [Int] = []
  private var finders: [RangeFinder] = []
  private var viewpoints: [Viewpoint] = []
  private var distances: [Float] = []
  private var ids: [Int32] = []

  init(_ deck: RangeDeck, sensor: RangeSensor, column: Int) {
    (self.deck, self.sensor, self.column) = (deck, sensor, column)
  }

  /// Whether a deck has these rays, as long as these.
  func fits(_ other: RangeDeck) -> Bool {
    deck.rays == other.rays && deck.errors.maximum == other.errors.maximum
  }

  mutating func add(_ drone: Int, finder: RangeFinder, id: Int32) {
    drones.append(drone)
    finders.append(finder)
    viewpoints.append(Viewpoint(carrier: Pose(), hiding: id))
    distances += Array(repeating: 0, count: sensor.directions.count)
    ids += Array(repeating: -1, count: sensor.directions.count)
  }

  mutating func look(from simulator: borrowing Simulator) {
    for index in drones.indices { viewpoints[index].carrier = simulator.pose(of: drones[index]) }
  }

  mutating func measure(with renderer: inout Renderer, in scenes: [Scene]) {
    let (viewpoints, sensor) = (viewpoints, sensor)
    Self.measure(sensor, &renderer, viewpoints, scenes, &distances, &ids)
  }

  private static func measure(
    _ sensor: RangeSensor, _ renderer: inout Renderer, _ viewpoints: [Viewpoint],
    _ scenes: [Scene], _ distances: inout [Float], _ ids: inout [Int32]
  ) {
    var distanceSpan = distances.mutableSpan
    var idSpan = ids.mutableSpan
    renderer.measure(
      sensor, from: viewpoints.span, of: scenes.span, distances: &distanceSpan, ids: &idSpan)
  }

  /// Writes what the range finders make of the true distances.
  mutating func write(into readings: inout [Double], columnCount: Int) {
    let count = sensor.directions.count
    for (index, drone) in drones.enumerated() {
      for ray in 0..<count {
        let hit = index * count + ray
        let distance = ids[hit] == -1 ? .infinity : Double(distances[hit])
        readings[drone * columnCount + column + ray] = finders[index].measure(distance) ?? .nan
      }
    }
  }
}
