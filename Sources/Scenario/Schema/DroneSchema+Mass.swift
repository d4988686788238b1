import Configuration
import Drone
import Parameters
import SpatialMath

/// How heavy a drone is, where it is not as heavy as its model.
extension DroneSchema {
  /// Reads the mass of a drone of a model. [kg]
  func mass(_ map: inout MappingReader, of model: QuadcopterModel?) -> Double? {
    let mass = map.optional(
      "mass",
      "its mass, of which its controller knows nothing; its inertia is in proportion",
      usual: "the model's"
    ) { $0.number(in: .positive, unit: "kg") }
    guard let mass, let model else { return nil }
    let (least, most) = (model.mass / 10, model.mass * 10)
    guard least...most ~= mass else {
      map.reject(
        "is out of range", at: "mass",
        expected: "\(least) to \(most) kg, a tenth to ten times the model's")
      return nil
    }
    return mass
  }
}

extension QuadcopterModel {
  /// This model with another mass, spread over it as its own is: m' = f m, I' = f I, and the same rotors.
  func weighing(_ mass: Double) -> QuadcopterModel {
    var model = self
    let factor = mass / self.mass
    model.mass = mass
    model.inertia = inertia * factor
    model.thrustToWeight = thrustToWeight / factor
    return model
  }
}
