import SpatialMath

// Drones that leave their worlds before the others.
extension Swarm {
  /// Takes a drone out of its world: it keeps its state, nothing acts on it, and it acts on nothing.
  package mutating func remove(_ drone: Int) {
    presence.remove(drone, in: states[drone / DroneLanes.laneCount])
  }

  /// Brings a drone back into its world.
  package mutating func bringBack(_ drone: Int) {
    guard !presence[drone] else { return }
    presence.bringBack(drone)
    // It was left out of them.
    neighbours?.forget()
  }

  /// Gives drones that have left the states with which they did.
  package mutating func holdAbsent() {
    guard !presence.areAll else { return }
    for group in groups { presence.hold(&states[group], of: group) }
  }
}
