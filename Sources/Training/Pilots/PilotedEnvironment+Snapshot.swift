package import Gym
import Randomness
import Tasks

extension PilotedEnvironment {
  /// All that the future of piloted worlds depends on, but for the pilots' policies and recordings.
  package struct Snapshot: Sendable, Codable {
    /// What pilots know.
    struct Knowledge: Sendable, Codable {
      var observations: [Float]
      var live: LiveAgents
      var randoms: [SplitMix64]
      var controlMemories: [ControlMemory]
      /// After which iteration the past policy was kept that flies in each world.
      var opponents: [Int]
    }

    private enum CodingKeys: CodingKey { case pilots }

    var worlds: TaskEnvironment<Task>.Snapshot
    var pilots: Knowledge?

    init(worlds: TaskEnvironment<Task>.Snapshot, pilots: Knowledge?) {
      (self.worlds, self.pilots) = (worlds, pilots)
    }

    // As the snapshot of the worlds alone, and with what pilots know beside it if there are any.
    package init(from decoder: any Decoder) throws {
      worlds = try TaskEnvironment<Task>.Snapshot(from: decoder)
      pilots = try decoder.container(keyedBy: CodingKeys.self)
        .decodeIfPresent(Knowledge.self, forKey: .pilots)
    }

    package func encode(to encoder: any Encoder) throws {
      try worlds.encode(to: encoder)
      var container = encoder.container(keyedBy: CodingKeys.self)
      try container.encodeIfPresent(pilots, forKey: .pilots)
    }
  }

  package func snapshot() throws(GymError) -> Snapshot {
    let worlds = try self.worlds.snapshot()
    guard pilots != nil else { return Snapshot(worlds: worlds, pilots: nil) }
    return Snapshot(
      worlds: worlds,
      pilots: .init(
        observations: all.observations.indices.map { all.observations[$0] }, live: live,
        randoms: pilots?.randoms ?? [], controlMemories: pilots?.controlMemories ?? [],
        opponents: pilots?.past?.opponents ?? []))
  }

  package mutating func restore(_ snapshot: Snapshot) throws(GymError) {
    guard pilots != nil || snapshot.pilots != nil else {
      return try worlds.restore(snapshot.worlds)
    }
    guard let known = snapshot.pilots, isPossible(known) else {
      throw .foreignSnapshot("its drones have other pilots")
    }
    try worlds.restore(snapshot.worlds)
    var rows = all.rows
    for index in rows.observations.indices { rows.observations[index] = known.observations[index] }
    live = known.live
    pilots?.randoms = known.randoms
    pilots?.controlMemories = known.controlMemories
    pilots?.past?.restore(known.opponents)
  }

  private func isPossible(_ known: Snapshot.Knowledge) -> Bool {
    let opponentCount = pilots?.past == nil ? 0 : layout.environmentCount
    return pilots != nil && known.observations.count == all.observations.count
      && known.observations.allSatisfy(\.isFinite) && known.live.isLike(live)
      && known.randoms.count == layout.environmentCount
      && known.controlMemories.count == layout.rowCount
      && known.controlMemories.allSatisfy(\.isFinite) && known.opponents.count == opponentCount
      && known.opponents.allSatisfy { $0 >= -1 }
  }
}
