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
    let isLawInSingle = rules.decoder.mode.usesLaw && rules.precision == .single
    if isLawInSingle {
      command(by: actions, in: FloatLanes.self)
    } else {
      command(by: actions, in: DroneLanes.self)
    }
  }

  @inline(__always)
  private mutating func command<S: SingleFlightLanes>(by actions: Span<Float>, in: S.Type) {
    let pair = 2 * S.groupCount
    let groups = simulator.swarm.groups
    // A law is a long chain of operations that wait for each other; two side by side wait half as long.
    let inPairs =
      hasWideRegisters && rules.decoder.mode.usesLaw ? groups.count / pair * pair : 0
    command(0..<inPairs, by: actions, in: LanePair<S>.self)
    command(inPairs..<groups.count, by: actions, in: S.self)
  }

  /// Tells the drones of some groups what their agents want, as many of the groups at a time as there are in
  /// the lanes.
  @inline(never)
  private mutating func command<S: FlightLanes>(
    _ groups: Range<Int>, by actions: Span<Float>, in: S.Type
  ) {
    for first in stride(from: groups.lowerBound, to: groups.upperBound, by: S.groupCount) {
      let together = first..<min(first + S.groupCount, groups.upperBound)
      var wanted = PerRotor(repeating: S.zero)
      if together.contains(where: { records.isActive($0).any }) {
        wanted = rotorSpeeds(for: actions, from: first)
      }
      S.forEachPart { part in
        guard together.contains(first + part) else { return }
        command(first + part, wanted.map { $0[group: part] })
      }
    }
  }

  /// Tells the active drones of a group at which speeds their rotors should turn. [rpm]
  @inline(__always)
  private mutating func command(_ group: Int, _ wanted: PerRotor<DroneLanes>) {
    let isActive = records.isActive(group)
    let speeds =
      rules.commandsKept > 1 ? delayed(wanted, of: group * DroneLanes.laneCount) : wanted
    simulator.command(
      group: group,
      rotorSpeeds: speeds.map { DroneLanes.zero.replacing(with: $0, where: isActive) })
  }

  /// The speeds that neighbouring groups are told now, by their actions within their bounds. [rpm]
  @inline(__always)
  private mutating func rotorSpeeds<S: FlightLanes>(
    for numbers: Span<Float>, from first: Int
  ) -> PerRotor<S> {
    let mode = rules.decoder.mode
    let last = simulator.swarm.groups.count - 1
    var action = ActionNumbers<S>(repeating: .zero)
    var (goal, highest) = (Goal(position: Vector.zero, yaw: S.zero), S.zero)
    var memory = LoopMemory<S>()
    S.forEachPart { part in
      let group = min(first + part, last)
      let ofGroup = self.action(in: numbers, of: group)
      for column in 0..<rules.actionCount { action[column][group: part] = ofGroup[column] }
      if mode.usesGoal { goal.update(from: outputs.goals[group]) { $0[group: part] = $1 } }
      if mode.usesMemory {
        memory.update(from: actions.memories[group]) { $0[group: part] = $1 }
      }
      let drones = simulator.swarm.doubles
      highest[group: part] = drones.parameters[drones.parametersIndex(of: group)].maximumRotorSpeed
    }
    let speeds = rules.decoder.rotorSpeeds(
      for: action, state: simulator.swarm.state(from: first), goal: goal, highest: highest,
      memory: &memory)
    guard mode.usesMemory else { return speeds }
    S.forEachPart { part in
      let group = first + part
      guard group <= last else { return }
      var kept = actions.memories[group]
      kept.update(from: memory) { $0 = $1[group: part] }
      actions.memories[group] = actions.memories[group]
        .replacing(with: kept, where: records.isActive(group))
    }
    return speeds
  }

  /// The actions of a group, within their bounds.
  @inline(__always)
  private func action(in numbers: Span<Float>, of group: Int) -> ActionNumbers<DroneLanes> {
    let first = group * DroneLanes.laneCount
    var action = Self.action(in: numbers, from: first, width: rules.actionCount, last: rowCount - 1)
    if case .velocity = rules.decoder.mode { rules.shareSpeeds(&action, from: first) }
    return action
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
