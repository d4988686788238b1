import Drone
import Gym
import SpatialMath
import Tasks
import Testing

/// What drones see of the nearest others, against all of them sorted by distance.
struct NeighbourTests {
  @Test("the nearest others come first, as far and as fast as they are", arguments: [2, 3, 4, 9])
  func nearestFirst(agentCount: Int) throws {
    var task = MultiHoverTask(agentCount: agentCount)
    task.setup.observation = [.neighbours(3, scale: 5)]
    var environment = try TaskEnvironment(task, count: 5)
    var batch = StepBatch(layout: environment.layout)
    var player = TaskPlayer(.random, of: environment, seed: 2)
    try environment.reset(seed: 7, into: &batch)
    var seen = 0
    for _ in 0..<40 {
      player.act(in: environment, batch: &batch)
      try environment.step(&batch)
      for world in 0..<5 {
        let episode = environment.episode(of: world)
        let present = (0..<agentCount).filter { episode.isPresent($0) }
        for agent in present {
          let expected = Self.expected(by: agent, of: present, in: episode)
          let first = (world * agentCount + agent) * 18
          let found = (0..<18).map { batch.observations[first + $0] }
          #expect(zip(found, expected).allSatisfy { abs($0 - $1) < 1e-6 }, "agent \(agent)")
          seen += present.count - 1
        }
      }
    }
    #expect(seen > 100, "hardly any drone had another")
  }

  @Test("along the body's axes goal, others and gravity turn with the drone")
  func bodyAxes() throws {
    var task = MultiHoverTask(agentCount: 3)
    task.setup.observation = [
      .positionError(scale: 50), .neighbours(2, scale: 50),
      .positionError(scale: 50, along: .body), .neighbours(2, scale: 50, along: .body),
      .projectedGravity, .rotationMatrix,
    ]
    task.setup.randomisation.tilt = 1
    var environment = try TaskEnvironment(task)
    var batch = StepBatch(layout: environment.layout)
    try environment.reset(seed: 7, into: &batch)
    for agent in 0..<3 {
      let row = (0..<42).map { Double(batch.observations[42 * agent + $0]) }
      let matrix = Array(row[33..<42])
      func turned(_ v: [Double]) -> [Double] {
        (0..<3).map { column in
          matrix[column] * v[0] + matrix[3 + column] * v[1] + matrix[6 + column] * v[2]
        }
      }
      for first in stride(from: 0, to: 15, by: 3) {
        let (world, body) = (Array(row[first..<first + 3]), Array(row[first + 15..<first + 18]))
        #expect(zip(turned(world), body).allSatisfy { abs($0 - $1) < 1e-6 }, "number \(first)")
      }
      #expect(zip(turned([0, 0, -1]), row[30..<33]).allSatisfy { abs($0 - $1) < 1e-6 })
      #expect(abs(row[32]) < 0.9999, "a drone is level")
    }
  }

  private static func expected<Memory>(
    by agent: Int, of present: [Int], in episode: Episode<Memory>
  ) -> [Float] {
    let own = episode.state(of: agent)
    let others = present.filter { $0 != agent }.sorted {
      let (a, b) = (episode.position(of: $0), episode.position(of: $1))
      return (a - own.position).squaredNorm < (b - own.position).squaredNorm
    }
    let numbers = others.prefix(3).flatMap { other in
      let state = episode.state(of: other)
      let (offset, velocity) = (state.position - own.position, state.velocity - own.velocity)
      return [offset.x, offset.y, offset.z, velocity.x, velocity.y, velocity.z]
    }
    let row = numbers.map { Float(min(max($0 / 5, -1), 1)) }
    return row + Array(repeating: 0, count: 18 - row.count)
  }
}
