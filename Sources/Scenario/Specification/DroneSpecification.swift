import Configuration
package import Control
package import Drone
package import Simulation
import SpatialMath

/// One drone of a scenario.
public struct DroneSpecification: Sendable, Encodable {
  /// The name or file of its model, as the scenario has it.
  public var modelName: String
  /// Its model.
  package var model: QuadcopterModel
  /// How it moves at the start.
  package var start: DroneState<Double>
  /// What controls it.
  package var controller: ControllerSpecification
  /// The sensors that it flies by; without any, the truth.
  package var sensors: [SensorSpecification]?
  /// Where it should fly; `nil` where its controller follows nothing.
  package var reference: ReferenceSpecification?
  /// How many times longer the reference takes than by itself. [–]
  package var slowdown: Double
  /// Whether the controller is told the motion of the reference beside its position.
  package var feedforward: Bool
  /// What pushes it, and when.
  package var pushes: [ScheduledPush] = []

  /// The reference at its pace.
  package var path: (any Reference)? { reference?.path(slowdown: slowdown) }

  /// What the controller is told to follow: the reference, or the origin where there is none.
  package var followed: any Reference {
    let base = path ?? HoverReference(at: .zero)
    return feedforward || !base.hasPosition ? base : PositionOnlyReference(base)
  }

  private enum Key: String, CodingKey {
    case model, at, attitude, velocity, rates, controller, sensors, reference, slowdown,
      feedforward, friction, restitution, mass, pushes
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    let attitude = start.attitude
    try container.encode(modelName, forKey: .model)
    try container.encode(start.position.array, forKey: .at)
    try container.encode([attitude.x, attitude.y, attitude.z, attitude.w], forKey: .attitude)
    try container.encode(start.velocity.array, forKey: .velocity)
    try container.encode(start.bodyRates.array, forKey: .rates)
    try container.encode(controller, forKey: .controller)
    if let sensors { try container.encode(EncodedSensors(sensors: sensors), forKey: .sensors) }
    try container.encodeIfPresent(reference, forKey: .reference)
    try container.encode(slowdown, forKey: .slowdown)
    try container.encode(feedforward, forKey: .feedforward)
    try container.encode(model.friction, forKey: .friction)
    try container.encode(model.restitution, forKey: .restitution)
    try container.encode(model.mass, forKey: .mass)
    if !pushes.isEmpty { try container.encode(pushes.map(EncodedPush.init), forKey: .pushes) }
  }
}

/// A push as the scenario file writes it.
private struct EncodedPush: Encodable {
  let from: Double
  /// When it ends; `nil` for a push that lasts to the end.
  let until: Double?
  let force, torque: [Double]
  let axes: String

  init(_ push: ScheduledPush) {
    from = push.times.lowerBound
    until = push.times.upperBound.isFinite ? push.times.upperBound : nil
    (force, torque, axes) = (push.force.array, push.torque.array, push.axes.rawValue)
  }
}
