import Control
import Drone
import Geometry
import Gym
import Randomness
import Simulation
import SpatialMath
import Tasks

/// What goes to and fro, 0.2 m from its middle to where it is met.
enum Mover: CaseIterable {
  case ball, pillar, rollingPillar, box

  fileprivate var shape: Shape {
    switch self {
    case .ball: .sphere(radius: 0.2)
    case .pillar, .rollingPillar: .cylinder(radius: 0.2, height: 1)
    case .box: .box(size: Vector(0.4, 0.4, 0.4))
    }
  }
}

/// A drone that hovers in still air 1 m above the origin, with something that goes to and fro along the x axis.
struct CrossingTask: DroneTask {
  var setup: TaskSetup
  let ownObstacleCount = 1
  private let (far, near, time): (Double, Double, Double)

  /// Where the task's own pillar stands in each episode, out of the drone's sight. [m]
  static let pillar = Vector<World, Double>(-3, 3, 1)

  /// A mover that starts at one place, and is at the other after some time. [m, s]
  init(
    _ mover: Mover = .ball, from far: Double = 3, to near: Double = 1, within time: Double = 0.55
  ) {
    (self.far, self.near, self.time) = (far, near, time)
    let roll = mover == .rollingPillar ? 1.5 : 0
    let (start, turn) = (
      Pose(position: Vector(far, 0, 1)),
      Pose<Double>(
        position: Vector(near, 0, 1),
        attitude: Rotation(RollPitchYaw(roll: roll, pitch: 0, yaw: 0)))
    )
    let motion = ScheduledMotion(
      [.init(at: 0, start), .init(at: time, turn), .init(at: 2 * time, start)], isLoop: true)
    setup = TaskSetup(
      physics: .accurate(),
      obstacles: [
        RigidBody(.cylinder(radius: 0.1, height: 2)), RigidBody(mover.shape, motion: motion),
      ])
  }

  /// Where the mover is along the x axis at a time, by its schedule. [m, s]
  func place(at now: Double) -> Double {
    let phase = now.truncatingRemainder(dividingBy: 2 * time) / time
    return far + (near - far) * (phase <= 1 ? phase : 2 - phase)
  }

  func begin(_ start: inout EpisodeStart, using random: inout SplitMix64) -> NoMemory {
    start.states[0].position = Vector(0, 0, 1)
    start.obstacles[0].position = Self.pillar
    return NoMemory()
  }

  func goal(of agent: Int, in episode: Episode<NoMemory>) -> Setpoint { Setpoint() }
  func reward(of agent: Int, in episode: Episode<NoMemory>) -> Double { 0 }
  func isTerminated(_ agent: Int, in episode: Episode<NoMemory>) -> Bool {
    episode.hasCrashed(agent)
  }
}
