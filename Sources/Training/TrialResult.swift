/// How a policy did.
package struct TrialResult: Sendable, Hashable, Encodable {
  /// The return of each episode, the mean over the policy's drones. [–]
  package let returns: [Double]
  /// The mean of the returns. [–]
  package let meanReturn: Double
  /// The deviation of the returns from their mean. [–]
  package let returnDeviation: Double
  /// The mean number of steps that a drone took part in. [–]
  package let meanLength: Double
  /// The share of drones that did what they were to do. [–]
  package let successRate: Double
  /// The share of drones whose episode ended before its time without that. [–]
  package let crashRate: Double
  /// The root of the mean square distance from the goal, over all steps. [m]
  package let goalRMSE: Double

  /// The mean time after which the episodes of drones that did so ended; `nil` where none did. [s]
  package let successTime: Double?

  /// How each drone did, whoever flew it; `nil` where there is but one.
  package let drones: [DroneResult]?

  /// What to tell of a drone that turned faster than physics is sure of, if one did.
  package let note: String?

  private let scores: [AgentScore]
  private let pilots: [TriedPilot]
  private let period: Double

  /// How a policy did in several lots of episodes.
  package init(joining results: [TrialResult]) {
    self.init(
      results.flatMap(\.scores), results.first?.pilots ?? [], period: results.first?.period ?? 1,
      note: results.compactMap(\.note).first)
  }

  init(_ scores: [AgentScore], pilots: Pilots, period: Double, note: String?) {
    self.init(scores, pilots.pilots.map(TriedPilot.init), period: period, note: note)
  }

  private init(_ all: [AgentScore], _ pilots: [TriedPilot], period: Double, note: String?) {
    (scores, self.pilots, self.period, self.note) = (all, pilots, period, note)
    // Where others fly all drones, all of them count.
    let isOwn = pilots.contains(where: \.isOwn) ? pilots.map(\.isOwn) : pilots.map { _ in true }
    let scores = all.indices.filter { isOwn[$0 % pilots.count] }.map { all[$0] }
    let agentCount = isOwn.count { $0 }
    returns = stride(from: 0, to: scores.count, by: agentCount).map { first in
      scores[first..<first + agentCount].reduce(0) { $0 + $1.totalReward } / Double(agentCount)
    }
    let count = Double(returns.count)
    let mean = returns.reduce(0, +) / count
    meanReturn = mean
    returnDeviation = (returns.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / count).squareRoot()
    let steps = Double(scores.reduce(0) { $0 + $1.length })
    meanLength = scores.mean { Double($0.length) }
    successRate = scores.mean { $0.hasSucceeded ? 1 : 0 }
    crashRate = scores.mean { $0.hasCrashed ? 1 : 0 }
    let successes = scores.filter(\.hasSucceeded)
    successTime = successes.isEmpty ? nil : period * successes.mean { Double($0.length) }
    goalRMSE = (scores.reduce(0) { $0 + $1.squaredErrors } / max(steps, 1)).squareRoot()
    drones =
      pilots.count == 1
      ? nil
      : pilots.indices.map { drone in
        DroneResult(
          pilots[drone].name,
          stride(from: drone, to: all.count, by: pilots.count).map { all[$0] })
      }
  }

  private enum CodingKeys: CodingKey {
    case meanReturn, returnDeviation, meanLength, successRate, crashRate, successTime, goalRMSE
    case drones
  }
}

/// Who flew a drone in a trial.
private struct TriedPilot: Sendable, Hashable {
  let name: String
  let isOwn: Bool

  init(_ pilot: Pilot) { (name, isOwn) = (pilot.name, pilot.isOwn) }
}

/// How one drone of a task did, over all episodes.
package struct DroneResult: Sendable, Hashable, Encodable {
  /// Who flew it.
  package let pilot: String
  /// The mean of its returns. [–]
  package let meanReturn: Double
  /// The mean number of steps that it took part in. [–]
  package let meanLength: Double
  /// The share of episodes in which it did what it was to do. [–]
  package let successRate: Double
  /// The share of episodes that ended for it before their time without that. [–]
  package let crashRate: Double

  fileprivate init(_ pilot: String, _ scores: [AgentScore]) {
    self.pilot = pilot
    meanReturn = scores.mean(\.totalReward)
    meanLength = scores.mean { Double($0.length) }
    successRate = scores.mean { $0.hasSucceeded ? 1 : 0 }
    crashRate = scores.mean { $0.hasCrashed ? 1 : 0 }
  }
}

extension [AgentScore] {
  /// The mean of a number.
  fileprivate func mean(_ number: (AgentScore) -> Double) -> Double {
    reduce(0) { $0 + number($1) } / Double(count)
  }
}
