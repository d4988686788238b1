import Control
import Drone
import Geometry
import Gym
import Randomness
import Simulation
import SpatialMath

extension TaskEnvironment {
  /// An episode at its start.
  static func episode(
    of task: Task, setup: TaskSetup, using random: inout SplitMix64
  ) -> Episode<Task.Memory> {
    let count = task.agentCount
    var start = EpisodeStart(
      states: Array(repeating: DroneState(), count: count), obstacles: setup.obstacles.map(\.pose))
    let memory = task.begin(&start, using: &random)
    precondition(
      start.states.count == count && start.obstacles.count == setup.obstacles.count,
      "an episode begins with \(count) drones and \(setup.obstacles.count) obstacles")
    precondition(
      start.states.allSatisfy(\.isFinite), "an episode begins with numbers that are finite")
    for agent in start.states.indices {
      setup.randomisation.scatter(&start.states[agent], using: &random)
    }
    return Episode(
      states: start.states, contactCounts: Array(repeating: 0, count: count),
      isPresent: Array(repeating: true, count: count), obstacles: start.obstacles, stepCount: 0,
      period: setup.period, memory: memory)
  }

  /// Begins an episode, and shows what the drones see at its start.
  mutating func begin(_ environment: Int, into rows: inout StepRows) {
    let episode = Self.episode(of: task, setup: setup, using: &randoms[environment])
    let start = EpisodeStart(states: episode.states, obstacles: episode.obstacles)
    do throws(SimulationError) {
      try arena.reset(environment, to: start)
    } catch {
      preconditionFailure("an episode begins with obstacles that can be: \(error.description)")
    }
    episodes[environment] = episode
    phases[environment] = .running
    for (agent, row) in layout.rows(of: environment).enumerated() {
      isLive[row] = true
      variations[row] = Variation(setup.randomisation, using: &randoms[environment])
      arena.vary(agent, of: environment, by: variations[row])
      controllers[row].reset()
      let slots = commands.count / layout.rowCount
      for slot in row * slots..<(row + 1) * slots {
        commands[slot] = episode.states[agent].rotorSpeeds
      }
      let kept = history.count / layout.rowCount
      for index in row * kept..<(row + 1) * kept { history[index] = 0 }
    }
    if setup.hasWindByEpisode {
      winds[environment] = EpisodeWind(setup, using: &randoms[environment])
      arena.blow(winds[environment], in: environment)
    }
    observe(environment, into: &rows.observations)
  }

  /// Tells the drones of an environment what their agents want.
  mutating func command(_ environment: Int, by actions: Span<Double>) {
    let width = layout.actionCount
    for agent in 0..<layout.agentCount {
      let row = environment * layout.agentCount + agent
      guard isLive[row] else {
        arena.command(agent, of: environment, rotorSpeeds: PerRotor(repeating: 0))
        continue
      }
      let action = actions.extracting(row * width..<(row + 1) * width)
      remember(action, of: row)
      let goal =
        decoder.mode.usesGoal
        ? task.goal(of: agent, in: episodes[environment]) : Setpoint()
      let speeds = decoder.rotorSpeeds(
        for: action, state: episodes[environment].states[agent], goal: goal,
        controller: &controllers[row])
      arena.command(agent, of: environment, rotorSpeeds: delayed(speeds, of: row))
    }
  }

  /// Puts an action behind those of before.
  private mutating func remember(_ action: Span<Double>, of row: Int) {
    let kept = history.count / layout.rowCount
    guard kept > 0 else { return }
    let (first, end) = (row * kept, (row + 1) * kept)
    for index in first..<end - action.count { history[index] = history[index + action.count] }
    for column in action.indices {
      history[end - action.count + column] = Float(action[column])
    }
  }

  /// The command that arrives now, while this one is sent. [rpm]
  private mutating func delayed(_ speeds: PerRotor<Double>, of row: Int) -> PerRotor<Double> {
    let slots = commands.count / layout.rowCount
    let (first, last) = (row * slots, (row + 1) * slots - 1)
    for slot in first..<last { commands[slot] = commands[slot + 1] }
    commands[last] = speeds
    return commands[last - variations[row].delay]
  }

  /// Takes in what happened in an environment, and begins its next episode where that is due.
  mutating func finish(_ environment: Int, into rows: inout StepRows) {
    let first = layout.rows(of: environment).lowerBound
    episodes[environment].stepCount += 1
    let faults = arena.read(environment, into: &episodes[environment])
    if faults.isEmpty { task.update(&episodes[environment]) }
    judge(environment, faults: faults, into: &rows)
    observe(environment, into: &rows.observations)
    var isOver = true
    for row in rows.rewards.indices where isLive[first + row] {
      isLive[first + row] = !rows.terminations[row] && !rows.truncations[row]
      episodes[environment].isPresent[row] = isLive[first + row]
      if isLive[first + row] { isOver = false }
    }
    let next = EpisodePhase.closing(in: autoresetMode, isOver: isOver)
    phases[environment] = next.phase
    guard next.beginsNext else { return }
    endings?.keep(environment, episodes[environment])
    for index in rows.observations.indices {
      rows.finalObservations[index] = rows.observations[index]
    }
    begin(environment, into: &rows)
  }

  /// Writes rewards and endings of those who are there.
  private func judge(_ environment: Int, faults: StepFaults, into rows: inout StepRows) {
    let first = layout.rows(of: environment).lowerBound
    let isLate = episodes[environment].stepCount >= setup.stepLimit
    for agent in rows.rewards.indices where isLive[first + agent] {
      rows.participations[agent] = true
      let reward =
        faults.isEmpty ? Float(task.reward(of: agent, in: episodes[environment])) : .nan
      guard reward.isFinite else {
        rows.truncations[agent] = true
        continue
      }
      rows.rewards[agent] = reward
      let isTerminated = task.isTerminated(agent, in: episodes[environment])
      rows.terminations[agent] = isTerminated
      rows.truncations[agent] =
        !isTerminated && (isLate || task.isTruncated(agent, in: episodes[environment]))
    }
  }

  /// Shows the drones of an environment what they see; those who have left see nothing.
  mutating func observe(_ environment: Int, into observations: inout MutableSpan<Float>) {
    sight.look(at: episodes[environment])
    guard setup.noise != .none else {
      show(environment, to: &observations)
      return
    }
    for agent in 0..<layout.agentCount {
      seen[environment][agent] = setup.noise.applied(
        to: episodes[environment].states[agent], using: &randoms[environment])
    }
    // All that is observed follows from the states: for as long as it is, they are those that are seen.
    swap(&seen[environment], &episodes[environment].states)
    show(environment, to: &observations)
    swap(&seen[environment], &episodes[environment].states)
  }

  private mutating func show(_ environment: Int, to observations: inout MutableSpan<Float>) {
    let rows = layout.rows(of: environment)
    let kept = history.count / layout.rowCount
    var random = randoms[environment]
    defer { randoms[environment] = random }
    for agent in 0..<layout.agentCount where isLive[rows.lowerBound + agent] {
      let row = rows.lowerBound + agent
      let past = history.span.extracting(row * kept..<(row + 1) * kept)
      observer.write(
        agent, of: task, in: episodes[environment], past: past,
        ranges: sight.shares.span.extracting(sight.rays(of: agent)),
        at: agent * layout.observationCount, random: &random, into: &observations)
    }
  }
}
