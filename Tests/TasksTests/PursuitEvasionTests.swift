import Drone
import Gym
import Parameters
import Randomness
import SpatialMath
import Tasks
import Testing

/// What pursuers and their evader are told, and what it is worth.
struct PursuitEvasionTests {
  /// A world, and the actions that all drones take.
  private struct World: ~Copyable {
    var environment: TaskEnvironment<PursuitEvasionTask>
    var batch: StepBatch

    init(_ task: PursuitEvasionTask, seed: UInt64) throws {
      var environment = try TaskEnvironment(task, autoresetMode: .disabled)
      var batch = StepBatch(layout: environment.layout)
      try environment.reset(seed: seed, into: &batch)
      self.environment = environment
      self.batch = batch
    }

    mutating func step(_ actions: [[Float]]) throws {
      for (index, number) in actions.joined().enumerated() { batch.actions[index] = number }
      try environment.step(&batch)
    }

    var episode: Episode<PursuitEvasionTask.Memory> { environment.episode(of: 0) }

    /// How far a drone is from the evader. [m]
    func distance(of drone: Int) -> Double {
      (episode.position(of: drone) - episode.position(of: 2)).norm
    }
  }

  private static let stay: [Float] = [0, 0, 1, 0]

  @Test("pursuers catch within 0.3 m, which ends the episode of all and pays both sides alike")
  func captures() throws {
    var caught = 0
    for seed in 0..<6 {
      let task = PursuitEvasionTask()
      var world = try World(task, seed: UInt64(seed))
      var player = TaskPlayer(.pid, of: world.environment, seed: 0)
      repeat {
        player.act(in: world.environment, batch: &world.batch)
        // The evader stays where it is.
        for column in 0..<4 { world.batch.actions[8 + column] = Self.stay[column] }
        try world.environment.step(&world.batch)
      } while !world.batch.terminations[2] && !world.batch.truncations[2]
      let nearest = min(world.distance(of: 0), world.distance(of: 1))
      let hasCaught = (0..<2).contains { task.hasSucceeded($0, in: world.episode) }
      #expect(hasCaught == (nearest < 0.3), "seed \(seed): \(nearest) m")
      guard hasCaught else { continue }
      caught += 1
      #expect(!task.hasSucceeded(2, in: world.episode))
      #expect(
        world.batch.rewards[2] < -1.9 && max(world.batch.rewards[0], world.batch.rewards[1]) > 1.9)
      for row in 0..<3 { #expect(world.batch.terminations[row] == world.batch.participations[row]) }
    }
    #expect(caught > 3)
  }

  @Test("what the nearest pursuer gains the evader loses, as long as nobody crashes")
  func zeroSum() throws {
    var (compared, random) = (0, SplitMix64(seed: 1))
    for seed in 0..<10 {
      var world = try World(PursuitEvasionTask(), seed: UInt64(seed))
      for _ in 0..<30 {
        try world.step(
          (0..<3).map { _ in (0..<4).map { _ in Float(random.uniform(in: -1...1)) } })
        guard (0..<3).allSatisfy({ !world.batch.terminations[$0] }) else { break }
        let nearest = world.distance(of: 0) < world.distance(of: 1) ? 0 : 1
        #expect(world.batch.rewards[nearest] == -world.batch.rewards[2])
        compared += 1
      }
    }
    #expect(compared > 100)
  }

  /// PID control holds a velocity to within 15 % or so.
  @Test("the speed limit is the evader's or the pursuers' own, whichever is asked to hurry")
  func speeds() throws {
    var task = PursuitEvasionTask(pursuerSpeed: 1.5, evaderSpeed: 0.5)
    task.halfWidth = 100
    var world = try World(task, seed: 0)
    for _ in 0..<90 { try world.step(Array(repeating: [0, 1, 0, 1], count: 3)) }
    for (drone, speed) in [(0, 1.5), (1, 1.5), (2, 0.5)] {
      let velocity = world.episode.state(of: drone).velocity
      #expect(abs(velocity.norm - speed) < 0.2 * speed, "drone \(drone): \(velocity)")
    }
  }

  @Test("who flies out of the arena pays for it alone, and leaves the others without an opponent")
  func crashes() throws {
    let task = PursuitEvasionTask()
    var world = try World(task, seed: 3)
    repeat {
      try world.step([Self.stay, Self.stay, [0, 0, 1, 1]])
    } while !world.batch.terminations[2]
    #expect(world.batch.rewards[2] == -3)
    #expect(world.batch.rewards[0] > -0.2 && world.batch.rewards[1] > -0.2)
    #expect(world.batch.terminations[0] && world.batch.terminations[1])
    for drone in 0..<3 { #expect(!task.hasSucceeded(drone, in: world.episode)) }

    var other = try World(task, seed: 3)
    repeat {
      try other.step([[0, 0, 1, 1], Self.stay, Self.stay])
    } while !other.batch.terminations[0]
    #expect(
      other.batch.rewards[0] == -3 && !other.batch.terminations[1] && !other.batch.terminations[2])
    try other.step(Array(repeating: Self.stay, count: 3))
    #expect(!other.batch.participations[0] && other.batch.participations[2])
    // What the evader knows of the pursuer that has left is nothing.
    let view = (0..<12).map { other.batch.observations[2 * 26 + 14 + $0] }
    #expect(view[0..<6].allSatisfy { $0 == 0 } && view[6..<12].contains { $0 != 0 })
  }

  @Test("pursuer and evader see each other alike, from both ends")
  func views() throws {
    var world = try World(PursuitEvasionTask(), seed: 9)
    for _ in 0..<20 { try world.step([[1, 0, 0, 0.5], [0, 1, 0, 0.5], [0, 0, 1, 0.2]]) }
    let seen = (0..<3).map { drone in
      (0..<16).map { world.batch.observations[26 * drone + 10 + $0] }
    }
    #expect(seen.map { $0[0] } == [-1, -1, 1])
    for pursuer in 0..<2 {
      let (there, back) = (seen[pursuer][4..<10], seen[2][(4 + 6 * pursuer)..<(10 + 6 * pursuer)])
      #expect(there.contains { $0 != 0 } && zip(there, back).allSatisfy { $0 == -$1 })
    }
    #expect(zip(seen[0][10..<16], seen[1][10..<16]).allSatisfy { $0 == -$1 })
    let place = world.episode.position(of: 1)
    #expect(seen[1][1..<4] == [Float(place.x / 2), Float(place.y / 2), Float(place.z - 1)])
  }

  @Test("one drone alone is refused")
  func needsTwo() throws {
    let entry = try #require(TaskCatalogue.standard["pursuit-evasion"])
    #expect(throws: TaskError.self) { try entry.task(drones: 1) }
    #expect(try entry.task(drones: 5).agentCount == 5)
  }
}
