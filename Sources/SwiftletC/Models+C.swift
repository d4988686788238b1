public import CSwiftlet
import Drone
import Geometry
import SpatialMath

/// The numbers of a model that comes with Swiftlet, as JSON.
@c @implementation
public func swiftlet_model(
  _ name: UnsafePointer<CChar>!, _ buffer: UnsafeMutablePointer<CChar>!, _ capacity: Int,
  _ length: UnsafeMutablePointer<Int>!
) -> swiftlet_status {
  status {
    let model = try ModelCatalogue.standard.model(named: unsafe text(name, "name"))
    unsafe try write(
      try json(ModelNumbers(model)), to: buffer, capacity: capacity, length: length)
  }
}

/// The numbers of a model by the words of its file.
private struct ModelNumbers: Encodable {
  let mass: Double
  let inertia: [Double]
  let arm: Double
  let thrust_to_weight: Double
  let max_speed: Double
  let thrust_coefficient: Double
  let torque_coefficient: Double
  let rotor_radius: Double
  let rotor_positions: [[Double]]
  let ground_effect: Double
  let drag_xy: Double
  let drag_z: Double
  let downwash_gain: Double
  let downwash_spread: Double
  let downwash_width: Double
  var collision_radius: Double?
  var collision_height: Double?
  let collision_offset: [Double]

  init(_ model: QuadcopterModel) {
    (mass, inertia, arm) = (model.mass, model.inertia.array, model.arm)
    (thrust_to_weight, max_speed) = (model.thrustToWeight, model.maximumSpeed)
    (thrust_coefficient, torque_coefficient) = (
      model.rotors[0].thrust.coefficient, model.rotors[0].torque.coefficient
    )
    (rotor_radius, rotor_positions) = (
      model.rotors[0].radius, model.rotors.array.map(\.position.array)
    )
    let air = model.air
    (ground_effect, drag_xy, drag_z) = (air.groundEffect, air.dragXY, air.dragZ)
    (downwash_gain, downwash_spread, downwash_width) = (
      air.downwashGain, air.downwashSpread, air.downwashWidth
    )
    if case .cylinder(let radius, let height) = model.collisionShape {
      (collision_radius, collision_height) = (radius, height)
    }
    collision_offset = model.collisionOffset.array
  }
}
