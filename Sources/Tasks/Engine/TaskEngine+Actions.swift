import Control
import Drone
import Gym
import Simulation
import SpatialMath

extension TaskEngine {
  /// Takes in the actions that count, and keeps them; agents whose last step has been seen leave.
  mutating func takeActions(of rows: inout StepRows) {
    rows.clear(0..<rowCount)
    for row in 0..<rowCount where records.statuses[row] == .ended {
      records.statuses[row] = .absent
    }
    actions.keep(rows.actions.span, statuses: records.statuses, rowCount: rowCount)
  }

  /// Whether actions are followed with an eye on the goal.
  var commandsNeedGoals: Bool { rules.decoder.mode.usesGoal }

  /// Tells all drones what their agents want; the rotors of those without an active agent stand.
  mutating func command(by actions: Span<Float>) {
    for group in simulator.swarm.groups { command(group, by: actions) }
  }

  private mutating func command(_ group: Int, by actions: Span<Float>) {
    let first = group * DroneLanes.laneCount
    let activity = DroneLanes { records.statuses[first + $0] == .active ? 1 : 0 }
    let isActive = DroneLanes.zero .< activity
    var speeds = PerRotor(repeating: DroneLanes.zero)
    if isActive.any {
      let wanted = rotorSpeeds(for: actions, of: group, where: isActive)
      speeds = speeds.zip(wanted) { $0.replacing(with: $1, where: isActive) }
    }
    simulator.command(
      group: group, rotorSpeeds: speeds, where: DroneLanes.zero .<= activity)
  }

  /// The speeds that a group is told now, by its actions within their bounds. [rpm]
  private mutating func rotorSpeeds(
    for numbers: Span<Float>, of group: Int, where isActive: DroneLanes.Mask
  ) -> PerRotor<DroneLanes> {
    let (first, last, width) = (group * DroneLanes.laneCount, rowCount - 1, rules.actionCount)
    var action = ActionNumbers<DroneLanes>(repeating: .zero)
    for column in 0..<width {
      action[column] = DroneLanes { Double(numbers[min(first + $0, last) * width + column]) }
        .clamped(from: DroneLanes(-1), to: .one)
    }
    let mode = rules.decoder.mode
    var memory = LoopMemory<DroneLanes>()
    if mode.usesMemory { memory = actions.memories[group] }
    let speeds = rules.decoder.rotorSpeeds(
      for: action, state: simulator.swarm.states[group],
      goal: outputs.goal(ofGroup: group), memory: &memory)
    if mode.usesMemory {
      actions.memories[group] = actions.memories[group].replacing(with: memory, where: isActive)
    }
    return rules.commandsKept > 1 ? delayed(speeds, of: first) : speeds
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

extension DroneLanes {
  /// What a function says of each lane.
  @inline(__always)
  fileprivate init(_ number: (Int) -> Double) {
    self.init(SIMD4(number(0), number(1), number(2), number(3)))
  }
}

extension StepRows {
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
