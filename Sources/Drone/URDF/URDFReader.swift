import Foundation
import Geometry
import SpatialMath

/// Reads a quadcopter from a URDF file, element by element, by name.
///
/// The base link gives mass, inertia and collision shape; four links `prop0_link` to `prop3_link`,
/// fixed to it, give the rotors' places. What URDF has no word for stands in one more element:
/// `<swiftlet:quadcopter>` in our files, `<properties>` in gym-pybullet-drones'.
struct URDFReader {
  let file: String
  private let robot: LocatedElement

  /// Reads a file's contents.
  init(_ data: Data, file: String) throws(ModelError) {
    let root = try XMLElement.parse(data, file: file)
    robot = LocatedElement(element: root, file: file)
    self.file = file
    guard root.name == "robot" else {
      throw robot.error("is the root element; expected <robot>")
    }
  }

  /// The model in the file, under a name.
  func model(named name: String) throws(ModelError) -> QuadcopterModel {
    let base = try baseLink()
    let inertial = try base.child("inertial")
    let center = try origin(of: inertial, canTurn: false)
    let (shape, offset) = try collision(of: base, center: center)
    let (mass, inertia) = try massAndInertia(inertial)
    let airframe = try airframe(mass: mass)
    var positions: [Vector<Body, Double>] = []
    for rotor in 0..<4 { positions.append(try rotorPosition(rotor) - center) }
    return QuadcopterModel(
      name: name, mass: mass, inertia: inertia,
      rotors: PerRotor(
        airframe.rotor(0, at: positions[0]), airframe.rotor(1, at: positions[1]),
        airframe.rotor(2, at: positions[2]), airframe.rotor(3, at: positions[3])),
      arm: airframe.arm, rotorLag: airframe.rotorLag, rotorInertia: airframe.rotorInertia,
      battery: try battery(), minimumRotorThrust: airframe.minimumRotorThrust,
      thrustToWeight: airframe.thrustToWeight,
      maximumSpeed: airframe.maximumSpeed, air: airframe.air, collisionShape: shape,
      collisionOffset: offset)
  }

  private func airframe(mass: Double) throws(ModelError) -> Airframe {
    if let own = robot.children("swiftlet:quadcopter").first {
      return try Airframe(own: own, mass: mass)
    }
    if let properties = robot.children("properties").first {
      return try Airframe(properties: properties)
    }
    throw robot.error("has no <swiftlet:quadcopter> (or <properties>); expected one")
  }

  private func battery() throws(ModelError) -> Battery<Double>? {
    guard let element = robot.children("swiftlet:battery").first else { return nil }
    return try Battery(element)
  }

  private func baseLink() throws(ModelError) -> LocatedElement {
    let links = robot.children("link")
    guard let base = links.first(where: { $0.element.attributes["name"] == "base_link" }) else {
      throw robot.error("has no <link name=\"base_link\">; expected one")
    }
    for link in links where link.element.attributes["name"] != "base_link" {
      guard let inertial = link.children("inertial").first else { continue }
      let mass = try inertial.child("mass")
      guard try mass.number("value") == 0 else {
        throw mass.error("of a link other than base_link; expected the whole mass in base_link")
      }
    }
    return base
  }

  private func massAndInertia(
    _ inertial: LocatedElement
  ) throws(ModelError) -> (Double, Vector<Body, Double>) {
    let mass = try inertial.child("mass").positive("value", unit: "kg")
    let element = try inertial.child("inertia")
    for name in ["ixy", "ixz", "iyz"] where element.element.attributes[name] != nil {
      guard try element.number(name) == 0 else {
        throw element.error("\(name) is not 0; expected principal axes along the body's")
      }
    }
    let x = try element.positive("ixx", unit: "kg·m²")
    let y = try element.positive("iyy", unit: "kg·m²")
    let z = try element.positive("izz", unit: "kg·m²")
    // No body has a moment above the sum of the other two; a part in a billion is for rounding.
    let largest = max(x, y, z)
    guard largest <= (x + y + z - largest) * (1 + 1e-9) else {
      throw element.error(
        "(\(x), \(y), \(z)) breaks the triangle inequality; "
          + "expected no moment above the sum of the other two")
    }
    return (mass, Vector(x, y, z))
  }

  private func rotorPosition(_ rotor: Int) throws(ModelError) -> Vector<Body, Double> {
    let name = "prop\(rotor)_link"
    guard
      let link = robot.children("link").first(where: { $0.element.attributes["name"] == name })
    else { throw robot.error("has no <link name=\"\(name)\">; expected four rotors, 0 to 3") }
    var position = Vector<Body, Double>.zero
    for joint in robot.children("joint")
    where joint.children("child").first?.element.attributes["link"] == name {
      position += try origin(of: joint, canTurn: false)
    }
    if let inertial = link.children("inertial").first {
      position += try origin(of: inertial, canTurn: true)
    }
    return position
  }

  /// The place of an element's `<origin>`, or zero where there is none.
  private func origin(
    of element: LocatedElement, canTurn: Bool
  ) throws(ModelError) -> Vector<Body, Double> {
    guard let origin = element.children("origin").first else { return .zero }
    let turn = try origin.vector("rpy")
    guard canTurn || turn == .zero else {
      throw origin.error("is turned; expected rpy=\"0 0 0\"")
    }
    return try origin.vector("xyz")
  }

  private func collision(
    of base: LocatedElement, center: Vector<Body, Double>
  ) throws(ModelError) -> (Shape, Vector<Body, Double>) {
    let collision = try base.child("collision")
    let offset = try origin(of: collision, canTurn: false) - center
    let geometry = try collision.child("geometry")
    if let cylinder = geometry.children("cylinder").first {
      let radius = try cylinder.positive("radius", unit: "m")
      return (.cylinder(radius: radius, height: try cylinder.positive("length", unit: "m")), offset)
    }
    if let sphere = geometry.children("sphere").first {
      return (.sphere(radius: try sphere.positive("radius", unit: "m")), offset)
    }
    if let box = geometry.children("box").first {
      let size = try box.vector("size")
      guard min(size.x, size.y, size.z) > 0 else {
        throw box.error("size has an edge that is not above 0 m")
      }
      return (.box(size: size), offset)
    }
    throw geometry.error("has no shape we know; expected <cylinder>, <sphere> or <box>")
  }
}
