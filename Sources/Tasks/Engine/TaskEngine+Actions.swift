import Control
import Drone
import Gym
import Simulation
import SpatialMath

extension TaskEngine {
  /// Takes in the actions that count, and keeps them; agents whose last step has been seen leave.
  mutating func takeActions(of rows: inout StepRows) {
    rows.clear()
    for row in 0..<rowCount where records.statuses[row] == .ended { leave(row) }
    actions.keep(rows.actions.span, statuses: records.statuses, rowCount: rowCount)
  }

  /// Lets an agent whose last step has been seen go.
  mutating func leave(_ row: Int) {
    records.statuses[row] = .absent
    if rules.endedDronesLeave { simulator.remove(row) }
  }

  /// Whether actions are followed with an eye on the goal.
  var commandsNeedGoals: Bool { rules.decoder.mode.usesGoal }

  /// Tells all drones what their agents want; the rotors of those without an active agent stand.
  mutating func command(by actions: Span<Float>) {
    precondition(actions.count == rowCount * rules.actionCount)
    for group in simulator.swarm.groups { command(group, by: actions) }
  }

  private mutating func command(_ group: Int, by actions: Span<Float>) {
    let isActive = records.isActive(group)
    var speeds = PerRotor(repeating: DroneLanes.zero)
    if isActive.any {
      let wanted = rotorSpeeds(for: actions, of: group, where: isActive)
      speeds = speeds.zip(wanted) { $0.replacing(with: $1, where: isActive) }
    }
    simulator.command(group: group, rotorSpeeds: speeds)
  }

  /// The speeds that a group is told now, by its actions within their bounds. [rpm]
  private mutating func rotorSpeeds(
    for numbers: Span<Float>, of group: Int, where isActive: DroneLanes.Mask
  ) -> PerRotor<DroneLanes> {
    let first = group * DroneLanes.laneCount
    var action = Self.action(in: numbers, from: first, width: rules.actionCount, last: rowCount - 1)
    let mode = rules.decoder.mode
    if case .velocity = mode { rules.shareSpeeds(&action, from: first) }
    var memory = LoopMemory<DroneLanes>()
    if mode.usesMemory { memory = actions.memories[group] }
    let groups = simulator.swarm.doubles
    let highest = groups.parameters[groups.parametersIndex(of: group)].maximumRotorSpeed
    let speeds = rules.decoder.rotorSpeeds(
      for: action, state: simulator.swarm.states[group],
      goal: mode.usesGoal ? outputs.goals[group] : Goal(position: .zero, yaw: .zero),
      highest: highest, memory: &memory)
    if mode.usesMemory {
      actions.memories[group] = actions.memories[group].replacing(with: memory, where: isActive)
    }
    return rules.commandsKept > 1 ? delayed(speeds, of: first) : speeds
  }

  /// The actions of neighbouring rows, within their bounds; the last row stands in for those that would
  /// follow it.
  // Static: all of the engine would be copied for a call that does not change it.
  private static func action(
    in numbers: Span<Float>, from first: Int, width: Int, last: Int
  ) -> ActionNumbers<DroneLanes> {
    let (row0, row1) = (first * width, min(first + 1, last) * width)
    let (row2, row3) = (min(first + 2, last) * width, min(first + 3, last) * width)
    var action = ActionNumbers<DroneLanes>(repeating: .zero)
    for column in 0..<width {
      let lanes = unsafe SIMD4(
        numbers[unchecked: row0 + column], numbers[unchecked: row1 + column],
        numbers[unchecked: row2 + column], numbers[unchecked: row3 + column])
      action[column] = DroneLanes(widening: lanes).clamped(from: DroneLanes(-1), to: .one)
    }
    return action
  }

  /// The commands that arrive now, while these are sent. [rpm]
  private mutating func delayed(
    _ speeds: PerRotor<DroneLanes>, of first: Int
  ) -> PerRotor<DroneLanes> {
    var delayed = speeds
    for lane in 0..<DroneLanes.laneCount where records.statuses[first + lane] == .active {
      delayed[lane: lane] = actions.send(
        speeds[lane: lane], of: first + lane, late: variations[first + lane].delay)
    }
    return delayed
  }
}

extension TaskRules {
  /// Brings the speeds that neighbouring rows ask for to the shares of the limit that their drones have.
  @inline(__always)
  fileprivate func shareSpeeds(_ action: inout ActionNumbers<DroneLanes>, from first: Int) {
    guard !setup.speedShares.isEmpty else { return }
    for lane in 0..<DroneLanes.laneCount {
      action[3][lane: lane] *= setup.speedShares[(first + lane) % agentCount]
    }
  }
}

extension EpisodeRecords {
  /// Which drones of a group are active.
  @inline(__always)
  fileprivate func isActive(_ group: Int) -> DroneLanes.Mask {
    let first = group * DroneLanes.laneCount
    func activity(_ lane: Int) -> Float { statuses[first + lane] == .active ? 1 : 0 }
    let lanes = SIMD4(activity(0), activity(1), activity(2), activity(3))
    return .zero .< DroneLanes(widening: lanes)
  }
}

extension StepRows {
  /// Brings all rows to zero and false, but for what agents do and observe.
  mutating func clear() {
    rewards.update(repeating: 0)
    terminations.update(repeating: false)
    truncations.update(repeating: false)
    participations.update(repeating: false)
    finalObservations.update(repeating: 0)
  }

  /// Brings some rows to zero and false, but for what agents do and observe.
  mutating func clear(_ rows: Range<Int>) {
    for row in rows {
      rewards[row] = 0
      terminations[row] = false
      truncations[row] = false
      participations[row] = false
    }
    let width = layout.observationCount
    for index in rows.lowerBound * width..<rows.upperBound * width { finalObservations[index] = 0 }
  }
}
