import Swiftlet

/// Episodes of a task, one after the other, played by one policy.
struct Rollout<Task: DroneTask>: ~Copyable {
  /// How an episode went.
  struct Outcome {
    /// How many steps it had. [–]
    var length = 0
    /// The sum of the rewards, the mean over all drones. [–]
    var totalReward = 0.0
    /// How many drones were terminated. [–]
    var terminatedCount = 0
    /// The fastest that a drone turned after a step. [rad/s]
    var fastestTurn = 0.0
    /// How many drones there were. [–]
    var droneCount = 1

    /// How it ended, in words.
    var ending: String {
      if terminatedCount == 0 { return "truncated" }
      return terminatedCount == droneCount
        ? "terminated" : "\(terminatedCount) of \(droneCount) terminated"
    }
  }

  private var environment: TaskEnvironment<Task>
  private var player: TaskPlayer<Task>
  private var batch: StepBatch
  private let frames: FrameSaver<Task>?
  private let (name, policy): (String, String)
  private let seed: UInt64
  private var number = 0

  init(
    _ task: Task, named name: String, policy: TaskPolicy, seed: UInt64,
    frames: FrameSaver<Task>? = nil
  ) throws(TaskError) {
    let environment = try TaskEnvironment(task, count: 1, autoresetMode: .disabled)
    player = TaskPlayer(policy, of: environment, seed: seed)
    batch = StepBatch(layout: environment.layout)
    self.environment = environment
    (self.name, self.policy, self.seed) = (name, policy.rawValue, seed)
    self.frames = frames
  }

  /// Plays the next episode to its end, and records it where a folder is given.
  mutating func play(recordingInto folder: RunFolder?) throws -> Outcome {
    if number > 0 {
      try environment.reset(into: &batch)
    } else {
      try environment.reset(seed: seed, into: &batch)
    }
    defer { number += 1 }
    guard let folder else { return try play { _, _ throws(RecordingError) in } }
    try writeMetadata(metadata, to: folder.file(EpisodeMetadata.fileName))
    let setup = environment.task.setup
    var instants = try InstantWriter(of: setup, in: folder)
    var actions = try ActionWriter(in: folder, of: setup)
    let outcome = try play { environment, batch throws(RecordingError) in
      try instants.append(environment.instant())
      try actions.append(batch)
    }
    try instants.finish()
    try actions.finish()
    return outcome
  }

  /// What goes beside the trajectory of the episode that is about to be played.
  private var metadata: EpisodeMetadata {
    environment.metadata(of: .init(of: name, by: policy, seed: seed, number: number))
  }

  private mutating func play(
    seeing: (borrowing TaskEnvironment<Task>, borrowing StepBatch) throws(RecordingError) -> Void
  ) throws -> Outcome {
    var live = LiveAgents(layout: environment.layout, mode: .disabled)
    var outcome = Outcome(droneCount: environment.layout.agentCount)
    try seeing(environment, batch)
    try frames?.save(environment.episode(of: 0))
    while !live.hasEnded[0] {
      player.act(in: environment, batch: &batch)
      try environment.step(&batch)
      live.update(batch)
      try seeing(environment, batch)
      try frames?.save(environment.episode(of: 0))
      outcome.length += 1
      let episode = environment.episode(of: 0)
      for row in 0..<outcome.droneCount where batch.participations[row] {
        outcome.fastestTurn = max(
          outcome.fastestTurn, episode.state(of: row).bodyRates.norm)
        outcome.totalReward += Double(batch.rewards[row]) / Double(outcome.droneCount)
        if batch.terminations[row] { outcome.terminatedCount += 1 }
      }
    }
    return outcome
  }
}
