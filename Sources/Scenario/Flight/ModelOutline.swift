import Configuration
import Drone
import Geometry
import SpatialMath

/// What a drone looks like, as far as its model says: what pictures are drawn from.
struct ModelOutline: Encodable {
  private let mass: Double
  private let rotors: [Rotor]
  private let body: EncodedBody

  private struct Rotor: Encodable {
    let position: [Double]
    let radius: Double
    /// 1 against the clock, seen from above, and −1 with it.
    let spin: Double
  }

  init(of model: QuadcopterModel) {
    mass = model.mass
    rotors = model.rotors.array.map { rotor in
      Rotor(
        position: rotor.position.array, radius: rotor.radius, spin: -rotor.spin.yawSign)
    }
    let offset = model.collisionOffset
    body = EncodedBody(
      body: RigidBody(
        model.collisionShape, at: Pose(position: Vector(offset.x, offset.y, offset.z)),
        mass: model.mass))
  }
}
