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
          fans.append(try Fan(deck, column: column ?? 0))
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

/// The drones with the same rays, and what their range finders make of the distances.
private struct Fan: Sendable {
  private let deck: RangeDeck
  private let column: Int
  private var rays: RangeFan
  private var drones: [Int] = []
  private var finders: [RangeFinder] = []

  init(_ deck: RangeDeck, column: Int) throws(SimulationError) {
    (self.deck, self.column) = (deck, column)
    rays = RangeFan(try deck.sensor())
  }

  /// Whether a deck has these rays, as long as these.
  func fits(_ other: RangeDeck) -> Bool {
    deck.rays == other.rays && deck.errors.maximum == other.errors.maximum
  }

  mutating func add(_ drone: Int, finder: RangeFinder, id: Int32) {
    drones.append(drone)
    finders.append(finder)
    rays.add(id: id)
  }

  mutating func look(from simulator: borrowing Simulator) {
    for index in drones.indices { rays.place(index, at: simulator.pose(of: drones[index])) }
  }

  mutating func measure(with renderer: inout Renderer, in scenes: [Scene]) {
    rays.cast(with: &renderer, in: scenes)
  }

  /// Writes what the range finders make of the true distances.
  mutating func write(into readings: inout [Double], columnCount: Int) {
    for (index, drone) in drones.enumerated() {
      for ray in 0..<rays.rayCount {
        let distance = rays.distance(index, ray: ray)
        readings[drone * columnCount + column + ray] = finders[index].measure(distance) ?? .nan
      }
    }
  }
}
