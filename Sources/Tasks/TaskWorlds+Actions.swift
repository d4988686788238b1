import Control
import Drone
import Gym
import Simulation
import SpatialMath

extension TaskWorlds {
  /// Takes in whose actions count, and keeps them.
  mutating func takeActions(of rows: inout StepRows) {
    rows.clear(0..<isLive.count)
    assignRoles()
    keep(rows.actions.span)
  }

  /// Tells all drones what their agents want, where an episode is under way.
  mutating func command(by rows: inout StepRows) {
    for group in simulator.swarm.groups { command(group, by: rows.actions.span) }
  }

  /// Notes whose actions count, and where they should be who look at that.
  private mutating func assignRoles() {
    // Taken out and put back, so that they are written where they are.
    var (list, playing): ([Double], [Bool]) = ([], [])
    swap(&list, &self.roles)
    swap(&playing, &self.isPlaying)
    var roles = list.mutableSpan
    var isPlaying = playing.mutableSpan
    let usesGoal = rules.decoder.mode.usesGoal
    var row = 0
    for world in phases.indices {
      isPlaying[world] = phases[world] == .running
      for agent in 0..<rules.agentCount {
        let isLive = isLive[row]
        defer { row += 1 }
        guard isPlaying[world] else {
          roles[row] = ActionRole.waits
          continue
        }
        roles[row] = isLive ? ActionRole.acts : ActionRole.leaves
        if episodes[world].isPresent[agent] != isLive { episodes[world].isPresent[agent] = isLive }
        guard isLive, usesGoal else { continue }
        goals[row] = Goal(task.goal(of: agent, in: episodes[world]))
      }
    }
    swap(&list, &self.roles)
    swap(&playing, &self.isPlaying)
  }

  /// Tells the drones of a group what their agents want; those who have left let their rotors stand.
  private mutating func command(_ group: Int, by actions: Span<Float>) {
    let first = group * DroneLanes.laneCount
    let roles = DroneLanes { self.roles[first + $0] }
    let isPlaying = DroneLanes.zero .<= roles
    let isActing = DroneLanes.zero .< roles
    guard isPlaying.any else { return }
    var speeds = PerRotor(repeating: DroneLanes.zero)
    if isActing.any {
      let wanted = rotorSpeeds(for: actions, of: group, where: isActing)
      speeds = speeds.zip(wanted) { $0.replacing(with: $1, where: isActing) }
    }
    simulator.command(group: group, rotorSpeeds: speeds, where: isPlaying)
  }

  /// The speeds that a group is told now, by its actions within their bounds. [rpm]
  private mutating func rotorSpeeds(
    for actions: Span<Float>, of group: Int, where isActing: DroneLanes.Mask
  ) -> PerRotor<DroneLanes> {
    let (first, last, width) = (
      group * DroneLanes.laneCount, isLive.count - 1, rules.actionCount
    )
    var action = ActionNumbers<DroneLanes>(repeating: .zero)
    for column in 0..<width {
      action[column] = DroneLanes { Double(actions[min(first + $0, last) * width + column]) }
        .clamped(from: DroneLanes(-1), to: .one)
    }
    let mode = rules.decoder.mode
    var memory = LoopMemory<DroneLanes>()
    if mode.usesMemory { memory = memories[group] }
    let goal = mode.usesGoal ? Goal(goals, from: first) : Goal(position: .zero, yaw: .zero)
    let speeds = rules.decoder.rotorSpeeds(
      for: action, state: simulator.swarm.states[group], goal: goal, memory: &memory)
    if mode.usesMemory {
      memories[group] = memories[group].replacing(with: memory, where: isActing)
    }
    return rules.commandsKept > 1 ? delayed(speeds, of: first) : speeds
  }

  /// Puts actions behind those of before, where observations show them.
  private mutating func keep(_ actions: Span<Float>) {
    let (width, kept) = (rules.actionCount, rules.actionsKept)
    guard kept > 0 else { return }
    // Taken out and put back, so that they are written where they are.
    var list: [Float] = []
    swap(&list, &self.history)
    var history = list.mutableSpan
    for row in isLive.indices where roles[row] == ActionRole.acts {
      let (start, end) = (row * kept, (row + 1) * kept - width)
      if kept > width {
        for index in start..<end { history[index] = history[index + width] }
      }
      for column in 0..<width {
        history[end + column] = min(max(actions[row * width + column], -1), 1)
      }
    }
    swap(&list, &self.history)
  }

  /// The commands that arrive now, while these are sent. [rpm]
  private mutating func delayed(
    _ speeds: PerRotor<DroneLanes>, of first: Int
  ) -> PerRotor<DroneLanes> {
    var delayed = speeds
    let slots = rules.commandsKept
    for lane in 0..<DroneLanes.laneCount where roles[first + lane] == ActionRole.acts {
      let row = first + lane
      let last = (row + 1) * slots - 1
      for slot in row * slots..<last { commands[slot] = commands[slot + 1] }
      commands[last] = speeds[lane: lane]
      delayed[lane: lane] = commands[last - variations[row].delay]
    }
    return delayed
  }

  /// What the position control of a row remembers.
  subscript(memoryOf row: Int) -> LoopMemory<Double> {
    get { memories[row / DroneLanes.laneCount][lane: row % DroneLanes.laneCount] }
    set { memories[row / DroneLanes.laneCount][lane: row % DroneLanes.laneCount] = newValue }
  }
}

/// What becomes of the action of a row, in numbers for lanes to compare.
enum ActionRole {
  /// Its world plays no action.
  static let waits = -1.0
  /// Its agent has left.
  static let leaves = 0.0
  /// It is played.
  static let acts = 1.0
}

extension Goal<DroneLanes> {
  /// The goals of the drones of a group, out of those of all.
  fileprivate init(_ goals: [Goal<Double>], from first: Int) {
    func lanes(_ number: (Goal<Double>) -> Double) -> DroneLanes {
      DroneLanes { number(goals[first + $0]) }
    }
    self.init(
      position: Vector(
        lanes { $0.position.x }, lanes { $0.position.y }, lanes { $0.position.z }),
      velocity: Vector(
        lanes { $0.velocity.x }, lanes { $0.velocity.y }, lanes { $0.velocity.z }),
      yaw: lanes { $0.yaw })
  }
}

extension DroneLanes {
  /// What a function says of each lane.
  @inline(__always)
  fileprivate init(_ number: (Int) -> Double) {
    self.init(SIMD4(number(0), number(1), number(2), number(3)))
  }
}
