import Foundation
import Recording
import TestSupport
import Testing

/// Obstacles of tasks that move, from the command to what it records.
struct MovingObstacleCommandTests {
  /// What is read of the metadata of an episode.
  private struct Metadata: Decodable {
    struct Scene: Decodable { let world: World }
    struct World: Decodable { let obstacles: [Obstacle] }
    struct Obstacle: Decodable { let motion: Motion }
    struct Motion: Decodable { let poses: [Keyframe] }
    struct Keyframe: Decodable {
      let t: Double
      let at: [Double]
    }

    let scenario: Scene
  }

  private static let settings = [
    "--set", "world.moving_obstacles.seed=3", "--set", "world.moving_obstacles.count=2",
    "--set", "time_limit=3",
  ]

  @Test(
    "balls drawn by a seed are recorded on their ways, and drawn on the page",
    arguments: [["rollout", "hover", "--policy", "pid"], ["evaluate", "hover"]])
  func records(command: [String]) throws {
    let folder = try TemporaryFolder()
    let path = folder.path("run")
    let outcome = try Command.run(
      Command.program, command + Self.settings + ["--episodes", "2", "--record", path])
    try #require(outcome.code == 0, "\(outcome.error)")
    for episode in ["episode-0", "episode-1"] {
      let run = "\(path)/\(episode)"
      let metadata = try JSONDecoder().decode(
        Metadata.self, from: Data(contents("\(run)/metadata.json").utf8))
      let rows = try TrajectoryTable(
        contentsOf: "\(run)/obstacles.csv", required: ObstacleSample.columns)
      // An instant each at the start and after 90 actions.
      try #require(rows.rowCount == 2 * 91 && metadata.scenario.world.obstacles.count == 2)
      for row in 0..<rows.rowCount {
        let ball = metadata.scenario.world.obstacles[Int(rows["obstacle"][row])].motion.poses
        let phase = rows["t"][row].truncatingRemainder(dividingBy: ball[2].t) / ball[1].t
        let share = phase <= 1 ? phase : 2 - phase
        for (axis, name) in ["x", "y", "z"].enumerated() {
          let expected = ball[0].at[axis] + share * (ball[1].at[axis] - ball[0].at[axis])
          #expect(abs(rows[name][row] - expected) < 1e-9, "row \(row), \(name)")
        }
      }
      #expect(try contents("\(run)/replay.html").contains(#""movers":[0,1]"#))
    }
  }

  @Test("drones that are hit so hard that their turning grows without bounds are cut off")
  func hardHits() throws {
    let balls = ["count=30", "size=[5,5,2]", "speeds=[100,100]"]
    let settings = balls.flatMap { ["--set", "world.moving_obstacles.\($0)"] }
    let outcome = try Command.run(
      Command.program, ["rollout", "swarm-crossing", "--episodes", "20"] + settings)
    try #require(outcome.code == 0, "\(outcome.error)")
    let words = outcome.output.split(whereSeparator: \.isWhitespace)
    let mean = try #require(words.last.flatMap { Double($0) })
    #expect(abs(mean) < 100)
  }
}
