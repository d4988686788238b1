import Learning

/// A learned policy, and the drones that it flies.
struct LearnedPilot {
  private let player: SeatedPlayer
  private let network: Int
  private let rows: [Int]
  private var liveRows: [Int] = []

  /// A pilot for each policy and each of its networks that has drones to fly.
  static func all(of pilots: [Pilot], agentCount: Int) throws -> [LearnedPilot] {
    var found: [LearnedPilot] = []
    for agent in 0..<agentCount {
      let rows = stride(from: agent, to: pilots.count, by: agentCount)
      guard case .policy(let policy, _)? = pilots.dropFirst(agent).first else { continue }
      let player = try SeatedPlayer(policy, rowCount: pilots.count / agentCount)
      found.append(
        LearnedPilot(
          player: player, network: policy.networkCount == 1 ? 0 : agent, rows: Array(rows)))
    }
    return found
  }

  private init(player: SeatedPlayer, network: Int, rows: [Int]) {
    (self.player, self.network, self.rows) = (player, network, rows)
    liveRows.reserveCapacity(rows.count)
  }

  /// Writes the actions of its drones that are there.
  mutating func act(
    on observations: Span<Float>, where isLive: [Bool], into actions: inout MutableSpan<Float>
  ) {
    liveRows.removeAll(keepingCapacity: true)
    for row in rows where isLive[row] { liveRows.append(row) }
    player.player.act(by: network, on: observations, rows: liveRows, into: &actions)
  }
}

/// A player that can stand in a list.
final class SeatedPlayer {
  var player: PolicyPlayer

  /// A player for so many rows at most.
  init(_ policy: Policy, rowCount: Int) throws(LearningError) {
    let shares = policy.networkCount
    player = try PolicyPlayer(policy, agentCount: (rowCount + shares - 1) / shares * shares)
  }
}
