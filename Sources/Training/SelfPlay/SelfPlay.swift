import Tasks

/// How a policy plays against its own past: in some worlds, one team is flown by policies of before.
///
/// - O. Vinyals et al., "Grandmaster level in StarCraft II using multi-agent reinforcement learning", Nature 575,
///   2019, [doi:10.1038/s41586-019-1724-z](https://doi.org/10.1038/s41586-019-1724-z): fictitious self-play.
package struct SelfPlay: Sendable, Hashable, Codable {
  /// The share of the worlds in which a team is flown by a past policy. [–]
  package var share = 0.5
  /// How many iterations there are from one policy that is kept to the next, at first. [–]
  package var interval = 4
  /// How many are kept at most. [–]
  package var capacity = 32

  /// What suits most tasks.
  package init() {}

  /// Refuses numbers that make no sense.
  func validate() throws(TrainingError) {
    guard share > 0, share < 1 else {
      throw .unfit("the share of worlds with past policies is between 0 and 1, not \(share)")
    }
    guard 1...100_000 ~= interval else {
      throw .unfit("a policy is kept every 1 to 100000 iterations, not every \(interval)")
    }
    guard 2...1000 ~= capacity else {
      throw .unfit("the pool holds 2 to 1000 past policies, not \(capacity)")
    }
  }

  /// How many iterations lie between two policies of the pool after some iterations: twice as many each time that
  /// the pool would be too full, so that it holds policies of all times alike.
  private func spacing(at iteration: Int) -> Int {
    var spacing = interval
    while iteration / spacing + 1 > capacity { spacing *= 2 }
    return spacing
  }

  /// After which iterations the policies were kept that the pool holds after some iterations.
  package func kept(by iteration: Int) -> StrideThrough<Int> {
    var last = iteration
    while !last.isMultiple(of: spacing(at: last)) { last -= 1 }
    return stride(from: 0, through: last, by: spacing(at: last))
  }

  /// The pilots of all drones of some worlds: in a share of the worlds, past policies fly each of the teams in turn.
  func rows(worlds: Int, of task: some TeamTask) -> [Pilot] {
    let (teams, shared) = (task.teams, Int((share * Double(worlds)).rounded()))
    let teamCount = (teams.max() ?? 0) + 1
    return (0..<worlds).flatMap { world in
      teams.map { world < shared && $0 == world % teamCount ? .past : .own }
    }
  }
}
