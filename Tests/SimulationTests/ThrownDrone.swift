import Drone
import Geometry
import Randomness
import SpatialMath

/// Drones that are thrown to the floor somehow.
enum ThrownDrone {
  /// Shapes of all kinds that drones may have.
  static let shapes: [Shape] = [
    .cylinder(radius: 0.06, height: 0.025), .box(size: Vector(0.1, 0.08, 0.03)),
    .sphere(radius: 0.05), .capsule(radius: 0.03, length: 0.06),
    .convexHull(points: [
      Vector(0.05, 0.04, -0.02), Vector(-0.06, 0.03, -0.02), Vector(-0.04, -0.05, -0.015),
      Vector(0.06, -0.04, -0.02), Vector(0.02, 0.01, 0.03), Vector(-0.03, 0, 0.025),
    ]),
  ]

  /// Some way above the floor, tumbling.
  static func state(_ random: inout SplitMix64) -> DroneState<Double> {
    var state = tumbling(&random, rate: 10)
    state.position.z = random.uniform(in: 0.1...0.3)
    state.attitude = Rotation(
      RollPitchYaw(
        roll: random.uniform(in: -3...3), pitch: random.uniform(in: -1.5...1.5),
        yaw: random.uniform(in: -3...3)))
    return state
  }

  /// The energy of motion and height. [J]
  static func energy(of state: DroneState<Double>, _ model: QuadcopterModel) -> Double {
    let w = state.bodyRates
    let turning = model.inertia.scaled(by: w).dot(w)
    let height = 2 * 9.81 * state.position.z
    return (model.mass * (state.velocity.squaredNorm + height) + turning) / 2
  }

  /// How high its lowest point is above the floor. [m]
  static func lowestPoint(of state: DroneState<Double>, _ model: QuadcopterModel) -> Double {
    let down = -RotationMatrix(state.attitude).zRow
    let middle = state.position.z - down.dot(model.collisionOffset)
    return middle - support(of: model.collisionShape, along: down)
  }

  /// How far a shape reaches along a direction. [m]
  private static func support(of shape: Shape, along d: Vector<Body, Double>) -> Double {
    switch shape {
    case .box(let size):
      return (abs(d.x) * size.x + abs(d.y) * size.y + abs(d.z) * size.z) / 2
    case .sphere(let radius): return radius
    case .cylinder(let radius, let height):
      // Of the prism that stands for it, whose sides are up to half a percent nearer.
      let side = (d.x * d.x + d.y * d.y).squareRoot()
      return 0.995 * radius * side + abs(d.z) * height / 2
    case .capsule(let radius, let length): return radius + abs(d.z) * length / 2
    case .convexHull(let points): return points.map { $0.dot(d) }.max() ?? 0
    default: return 0
    }
  }
}
