import Gym
import Learning
import Randomness

/// Past policies, and the drones that they fly: a policy for each world, drawn when its episode begins.
struct PastPilots {
  /// A policy of the pool.
  private struct Member {
    let iteration: Int
    let player: SeatedPlayer
  }

  private let rows: [Int]
  private let agentCount: Int
  private var members: [Member] = []
  private var liveRows: [Int] = []
  /// After which iteration the policy was kept that flies in each world; −1 where it is still to be drawn.
  private(set) var opponents: [Int]

  /// No policies yet; drones hold still until there is one.
  init(rows: [Int], layout: BatchLayout) {
    (self.rows, agentCount) = (rows, layout.agentCount)
    opponents = Array(repeating: -1, count: layout.environmentCount)
    liveRows.reserveCapacity(rows.count)
  }

  /// The iterations after which its policies were kept.
  var iterations: [Int] { members.map(\.iteration) }

  /// Takes in a policy.
  mutating func add(_ policy: Policy, after iteration: Int) throws(LearningError) {
    members.append(
      Member(iteration: iteration, player: try SeatedPlayer(policy, rowCount: rows.count)))
  }

  /// Lets go of all policies but some; worlds in which one of the others flies go on with the one before it.
  mutating func keep(_ iterations: StrideThrough<Int>) {
    let kept = Array(iterations)
    members.removeAll { !kept.contains($0.iteration) }
    for world in opponents.indices where opponents[world] >= 0 {
      opponents[world] = kept.last { $0 <= opponents[world] } ?? -1
    }
  }

  /// Takes in that a world begins an episode.
  mutating func begin(_ world: Int) { opponents[world] = -1 }

  /// Goes back to what flew in each world.
  mutating func restore(_ opponents: [Int]) { self.opponents = opponents }

  /// Writes the actions of all drones that past policies fly and that are there.
  mutating func act(
    on observations: Span<Float>, where isLive: [Bool], drawing randoms: inout [SplitMix64],
    into actions: inout MutableSpan<Float>
  ) {
    guard !members.isEmpty else { return }
    for row in rows where opponents[row / agentCount] < 0 {
      let drawn = randoms[row / agentCount].next()
      let place = Int(drawn.multipliedFullWidth(by: UInt64(members.count)).high)
      opponents[row / agentCount] = members[place].iteration
    }
    for member in members {
      for network in 0..<member.player.player.policy.networkCount {
        liveRows.removeAll(keepingCapacity: true)
        for row in rows where isLive[row] && opponents[row / agentCount] == member.iteration {
          let own = member.player.player.policy.networkCount == 1 ? 0 : row % agentCount
          if own == network { liveRows.append(row) }
        }
        guard !liveRows.isEmpty else { continue }
        member.player.player.act(
          by: network, on: observations, rows: liveRows, into: &actions)
      }
    }
  }
}
