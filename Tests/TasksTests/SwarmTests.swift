import Control
import Drone
import Gym
import Simulation
import SpatialMath
import Tasks
import Testing

/// Swarms among pillars.
struct SwarmTests {
  /// A batch of a task at the start of its episodes.
  private func start(
    _ task: SwarmTask, count: Int
  ) throws -> TaskEnvironment<SwarmTask> {
    var environment = try TaskEnvironment(task, count: count)
    var batch = StepBatch(layout: environment.layout)
    try environment.reset(seed: 3, into: &batch)
    return environment
  }

  @Test("every place is the goal of one drone, which is never its own on the circle")
  func goalsAreAPermutation() throws {
    for layout in [SwarmGround.Layout.circle, .grid] {
      let environment = try start(SwarmTask(layout), count: 30)
      var shifts: Set<Int> = []
      for world in 0..<30 {
        let episode = environment.episode(of: world)
        let goals = (0..<8).map { environment.task.goal(of: $0, in: episode).position }
        #expect(Set(goals.map { [$0.x, $0.y] }).count == 8)
        for agent in 0..<8 {
          #expect((goals[agent] - episode.position(of: agent)).norm > 0.5)
        }
        shifts.insert(episode.memory.shift)
      }
      #expect(layout == .circle ? shifts == Set(1...7) : shifts == [0])
    }
  }

  @Test("all drones see their goals ahead at first")
  func goalsAreAhead() throws {
    for layout in [SwarmGround.Layout.circle, .grid] {
      let task = SwarmTask(layout)
      let episode = try start(task, count: 1).episode(of: 0)
      for agent in 0..<8 {
        let state = episode.state(of: agent)
        let way = task.goal(of: agent, in: episode).position - state.position
        let nose = RotationMatrix(state.attitude).xAxis
        #expect(nose.x * way.x + nose.y * way.y > 0.95 * way.norm)
      }
    }
  }

  @Test("pillars stand between the places, away from them and from each other")
  func pillarsKeepAway() throws {
    for layout in [SwarmGround.Layout.circle, .grid] {
      let task = SwarmTask(layout)
      #expect(task.ownObstacleCount > 2)
      let environment = try start(task, count: 50)
      var pairs = 0
      for world in 0..<50 {
        let episode = environment.episode(of: world)
        let pillars = episode.obstacles.map {
          Vector<World, Double>($0.position.x, $0.position.y, 1)
        }
        for (index, pillar) in pillars.enumerated() {
          for agent in 0..<8 {
            let goal = task.goal(of: agent, in: episode).position
            #expect((goal - pillar).norm > 0.45)
          }
          pairs += pillars[..<index].count { ($0 - pillar).norm < 0.6 }
        }
      }
      // Where there is no room they may.
      #expect(pairs < 20)
    }
  }

  @Test("flying near others, near pillars or too fast costs what the task says")
  func risks() throws {
    var task = SwarmTask(.circle)
    task.setup.randomisation = Randomisation()
    var environment = try TaskEnvironment(task)
    var batch = StepBatch(layout: environment.layout)
    func firstReward(penalty: Double, distance: Double, limit: Double) throws -> Float {
      (task.penalty, task.distance, task.speedLimit) = (penalty, distance, limit)
      environment = try TaskEnvironment(task)
      try environment.reset(seed: 5, into: &batch)
      try environment.step(&batch)
      return batch.rewards[0]
    }
    let free = try firstReward(penalty: 0, distance: 100, limit: 100)
    // All seven others and all pillars are within 100 m.
    let risks = 7 + Double(task.ownObstacleCount)
    let near = try firstReward(penalty: 0.01, distance: 100, limit: 100)
    #expect(abs(Double(free - near) - 0.01 * risks) < 1e-5)
    #expect(try firstReward(penalty: 0.01, distance: 0, limit: 100) == free)
    let fast = try firstReward(penalty: 0.01, distance: 0, limit: 1e-9)
    let speed = environment.episode(of: 0).state(of: 0).velocity.norm
    #expect(abs(Double(free - fast) - 0.01 * speed) < 1e-5)
  }
}
