import Drone
import Geometry
import Randomness
import Simulation
import SpatialMath

extension Episode {
  /// The first episode of a task in some setup.
  init<Task: DroneTask>(
    of task: Task, setup: TaskSetup, using random: inout SplitMix64
  ) where Task.Memory == Memory {
    let count = task.agentCount
    var start = EpisodeStart(
      states: Array(repeating: DroneState(), count: count), obstacles: setup.obstacles.map(\.pose))
    memory = start.begin(task, setup: setup, using: &random)
    (states, obstacles) = (start.states, start.obstacles)
    positionsBefore = start.states.map(\.position)
    contactCounts = Array(repeating: 0, count: count)
    isPresent = Array(repeating: true, count: count)
    (stepCount, period) = (0, setup.period)
  }

  /// Begins the next episode, in the same buffers.
  mutating func restart<Task: DroneTask>(
    _ task: Task, setup: TaskSetup, using random: inout SplitMix64
  ) where Task.Memory == Memory {
    // Taken out and put back, so that a task writes where they are.
    var start = EpisodeStart(states: [], obstacles: [])
    swap(&start.states, &states)
    swap(&start.obstacles, &obstacles)
    for agent in start.states.indices { start.states[agent] = DroneState() }
    for index in start.obstacles.indices { start.obstacles[index] = setup.obstacles[index].pose }
    memory = start.begin(task, setup: setup, using: &random)
    swap(&start.states, &states)
    swap(&start.obstacles, &obstacles)
    for agent in states.indices { (contactCounts[agent], isPresent[agent]) = (0, true) }
    notePositions()
    stepCount = 0
  }

  /// Takes over what some drones of a simulation, which are those of this, have done.
  @inline(__always)
  mutating func advance(by simulator: inout Simulator, drones: Range<Int>) {
    stepCount += 1
    notePositions()
    simulator.report(drones, states: &states, mostContacts: &contactCounts)
  }

  /// Keeps in mind where the drones are.
  mutating func notePositions() {
    for agent in states.indices { positionsBefore[agent] = states[agent].position }
  }
}

extension EpisodeStart {
  /// Lets a task place drones and obstacles, and moves them off by what is random.
  fileprivate mutating func begin<Task: DroneTask>(
    _ task: Task, setup: TaskSetup, using random: inout SplitMix64
  ) -> Task.Memory {
    let (droneCount, obstacleCount) = (states.count, obstacles.count)
    let memory = task.begin(&self, using: &random)
    precondition(
      states.count == droneCount && obstacles.count == obstacleCount,
      "an episode begins with \(droneCount) drones and \(obstacleCount) obstacles")
    precondition(states.allSatisfy(\.isFinite), "an episode begins with numbers that are finite")
    for agent in states.indices { setup.randomisation.scatter(&states[agent], using: &random) }
    return memory
  }
}
