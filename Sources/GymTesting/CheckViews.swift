import Gym
public import GymAdapters
import Randomness

/// Checks that an environment of one agent keeps to the rules that ``Environment`` states.
///
/// - Parameters:
///   - steps: How many steps are played; an episode should end within them.
///   - seed: Where episodes and actions come from.
///   - make: Makes the environment.
/// - Returns: The rules that were broken.
public func checkSingleEnvironment<E: Environment & ~Copyable>(
  steps: Int = 300, seed: UInt64 = 1, make: () throws -> E
) -> ConformanceReport {
  var report = ConformanceReport()
  do {
    var traces: [[Transition]] = []
    var environment = try make()
    for _ in 0..<2 { traces.append(try play(&environment, steps, seed, &report)) }
    if traces[0] != traces[1] {
      report.note(.resetForgets, "the same seed and actions give another episode")
    }
    var other = try make()
    if try play(&other, steps, seed, &report) != traces[0] {
      report.note(.determinism, "two made alike differ")
    }
    environment.close()
    environment.close()
    do throws(GymError) {
      _ = try environment.reset(seed: nil)
      report.note(.refusals, "a reset after closing is accepted")
    } catch  where error == .closed {
    } catch { report.note(.refusals, "a reset after closing is refused with '\(error)'") }
  } catch { report.note(.refusals, "it threw where it should not: \(error)") }
  return report
}

/// Plays random actions, with a reset after each end; returns all that came of them.
private func play<E: Environment & ~Copyable>(
  _ environment: inout E, _ steps: Int, _ seed: UInt64, _ report: inout ConformanceReport
) throws(GymError) -> [Transition] {
  var random = SplitMix64(seed: seed)
  let (space, actions) = (environment.observationSpace, environment.actionSpace)
  var action = [Float](repeating: 0, count: actions.count)
  var trace = [Transition(observation: try environment.reset(seed: seed), reward: 0)]
  var hasEnded = false
  for step in 0..<steps {
    var span = action.mutableSpan
    actions.sample(using: &random, into: &span)
    let transition = try environment.step(action)
    trace.append(transition)
    if !space.contains(transition.observation.span) || !transition.reward.isFinite {
      report.note(.membership, "step \(step) gives \(transition)")
    }
    guard transition.isTerminated || transition.isTruncated else { continue }
    hasEnded = true
    do throws(GymError) {
      _ = try environment.step(action)
      report.note(.autoreset, "it steps on after the end of an episode")
    } catch { _ = error }
    trace.append(Transition(observation: try environment.reset(seed: nil), reward: 0))
  }
  if !hasEnded { report.unchecked.append("no episode ended in \(steps) steps") }
  return trace
}

/// Checks that an environment of several agents keeps to the rules that ``MultiAgentEnvironment``
/// states.
///
/// - Parameters:
///   - episodes: How many episodes are played.
///   - steps: How many steps an episode has at most.
///   - seed: Where episodes and actions come from.
///   - make: Makes the environment.
/// - Returns: The rules that were broken.
public func checkMultiAgentEnvironment<E: MultiAgentEnvironment & ~Copyable>(
  episodes: Int = 10, steps: Int = 1000, seed: UInt64 = 1, make: () throws -> E
) -> ConformanceReport {
  var report = ConformanceReport()
  do {
    var environment = try make()
    var random = SplitMix64(seed: seed)
    for episode in 0..<episodes {
      let first = try environment.reset(seed: seed &+ UInt64(episode))
      if environment.agents != environment.possibleAgents
        || first.keys.sorted() != environment.agents.sorted()
      {
        report.note(.departures, "after a reset not everyone is there")
      }
      let again = try environment.reset(seed: seed &+ UInt64(episode))
      if first != again { report.note(.seeding, "reset twice by a seed, it begins two ways") }
      var count = 0
      while !environment.agents.isEmpty, count < steps {
        try playOne(&environment, &random, &report)
        count += 1
      }
      if !environment.agents.isEmpty {
        report.unchecked.append("an episode did not end in \(steps) steps")
      }
    }
    environment.close()
    environment.close()
  } catch { report.note(.refusals, "it threw where it should not: \(error)") }
  return report
}

private func playOne<E: MultiAgentEnvironment & ~Copyable>(
  _ environment: inout E, _ random: inout SplitMix64, _ report: inout ConformanceReport
) throws(GymError) {
  let live = environment.agents
  var actions: [String: [Float]] = [:]
  for agent in live {
    let space = environment.actionSpace(of: agent)
    var action = [Float](repeating: 0, count: space.count)
    var span = action.mutableSpan
    space.sample(using: &random, into: &span)
    actions[agent] = action
  }
  let transitions = try environment.step(actions)
  if transitions.keys.sorted() != live.sorted() {
    report.note(.departures, "a step tells \(transitions.keys.sorted()), but \(live) acted")
  }
  for (agent, transition) in transitions {
    let isOver = transition.isTerminated || transition.isTruncated
    if environment.agents.contains(agent) == isOver {
      report.note(.departures, "\(agent) is there after its end, or has left without one")
    }
    let space = environment.observationSpace(of: agent)
    if !space.contains(transition.observation.span) || !transition.reward.isFinite {
      report.note(.membership, "\(agent) is given \(transition)")
    }
  }
}
