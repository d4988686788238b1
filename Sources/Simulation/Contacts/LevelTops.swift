/// The obstacles on whose level tops drones may stand in a step, where they can touch nothing else: such a
/// top is a floor at another height.
struct LevelTops {
  /// A level top below a drone.
  struct Top {
    /// The place of the obstacle among those of its world.
    let place: Int
    /// How high it is. [m]
    let height: Double
    /// The obstacle's coefficient of friction. [–]
    let friction: Double
  }

  /// The top below each drone; none as a rule.
  private var tops: [Top?]
  /// The drones that have one.
  private(set) var drones: [Int] = []

  /// No tops below some drones.
  init(count: Int) {
    tops = Array(repeating: nil, count: count)
    drones.reserveCapacity(count)
  }

  /// Whether any drone may stand on one.
  var areAny: Bool { !drones.isEmpty }

  /// The top below a drone, if any.
  subscript(drone: Int) -> Top? { tops[drone] }

  /// Puts a top below a drone, and says whether it had none.
  mutating func put(_ top: Top, below drone: Int) -> Bool {
    guard tops[drone] == nil else { return false }
    tops[drone] = top
    drones.append(drone)
    return true
  }

  /// Takes all tops away.
  mutating func clear() {
    for drone in drones { tops[drone] = nil }
    drones.removeAll(keepingCapacity: true)
  }
}
