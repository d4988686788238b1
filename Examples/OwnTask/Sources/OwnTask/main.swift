import Swiftlet

/// Climb as high as there is time for, straight up.
struct ClimbTask: DroneTask {
  var setup = TaskSetup(timeLimit: 4, randomisation: Randomisation(mass: 0.9...1.1, tilt: 0.1))

  func begin(_ start: inout EpisodeStart, using random: inout SplitMix64) -> NoMemory {
    start.states[0].position.z = random.uniform(in: 0.5...1)
    return NoMemory()
  }

  func goal(of agent: Int, in episode: Episode<NoMemory>) -> Setpoint {
    Setpoint(position: Vector(0, 0, episode.position(of: agent).z + 0.5))
  }

  func reward(of agent: Int, in episode: Episode<NoMemory>) -> Double {
    let (p, v) = (episode.position(of: agent), episode.states[agent].velocity)
    return v.z - (p.x * p.x + p.y * p.y)
  }

  func isTerminated(_ agent: Int, in episode: Episode<NoMemory>) -> Bool {
    episode.hasCrashed(agent)
  }
}

var environment = try TaskEnvironment(ClimbTask(), count: 64)
var player = TaskPlayer(.pid, of: environment, seed: 0)
var statistics = EpisodeStatistics(layout: environment.layout)
var batch = StepBatch(layout: environment.layout)
try environment.reset(seed: 0, into: &batch)
for _ in 0..<120 {
  player.act(in: environment, batch: &batch)
  try environment.step(&batch)
  statistics.record(batch)
}
print("\(statistics.finishedCount) episodes, mean return \(statistics.meanReward ?? 0)")
