import Foundation
import Geometry
import SpatialMath

/// Reads a quadcopter from a URDF file, element by element, by name.
///
/// All links that are fixed to `base_link`, by whatever chain of joints, count as one body in its frame;
/// four links, `prop0_link` to `prop3_link` by default, are the rotors. What URDF has no word for stands in
/// one more element: `<swiftlet:quadcopter>` in our files, `<properties>` in gym-pybullet-drones'.
struct URDFReader {
  private let tree: LinkTree
  private let geometry: URDFGeometry
  private var robot: LocatedElement { tree.robot }

  /// Reads a file's contents.
  init(_ data: Data, file: String, geometry: URDFGeometry) throws(ModelError) {
    tree = try LinkTree(data, file: file)
    self.geometry = geometry
  }

  /// A line that names what is passed over, if anything is.
  var note: String? { URDFVocabulary.note(on: robot) }

  /// The model in the file, under a name.
  func model(named name: String) throws(ModelError) -> QuadcopterModel {
    let rotorElement = try rotorElement()
    let base = try baseLink()
    let rotorLinks = try self.rotorLinks()
    let body = try body(of: base, rotors: rotorLinks)
    let (inertia, axes) = try body.mass.principal(at: inertiaElement(of: base))
    let airframe =
      rotorElement.element.name == "properties"
      ? try Airframe(properties: rotorElement)
      : try Airframe(own: rotorElement, mass: body.mass.mass)
    let surface = try tree.surface(of: body.links.map(\.link))
    let (shape, offset) = try collision(of: body, base: base)
    var positions: [Vector<Body, Double>] = []
    for rotor in rotorLinks {
      positions.append(try position(ofRotor: rotor, base: base) - body.mass.centre)
    }
    return QuadcopterModel(
      name: name, mass: body.mass.mass, inertia: inertia, principalAxes: axes,
      rotors: PerRotor(
        airframe.rotor(0, at: positions[0]), airframe.rotor(1, at: positions[1]),
        airframe.rotor(2, at: positions[2]), airframe.rotor(3, at: positions[3])),
      arm: airframe.arm, rotorLag: airframe.rotorLag, deadTime: airframe.deadTime,
      speedByVoltage: airframe.speedByVoltage, rotorInertia: airframe.rotorInertia,
      battery: try battery(), minimumRotorThrust: airframe.minimumRotorThrust,
      thrustToWeight: airframe.thrustToWeight,
      maximumSpeed: airframe.maximumSpeed, air: airframe.air, collisionShape: shape,
      collisionOffset: offset, friction: surface.friction ?? QuadcopterModel.usualFriction,
      restitution: surface.restitution ?? 0)
  }

  /// The element that says what rotors do.
  private func rotorElement() throws(ModelError) -> LocatedElement {
    let elements = robot.children("swiftlet:quadcopter") + robot.children("properties")
    guard let element = elements.first else {
      throw robot.error(
        "says nothing of thrust; expected <swiftlet:quadcopter> with arm, max_speed, "
          + "thrust_to_weight, thrust_coefficient, torque_coefficient and rotor_radius, and with "
          + "rotor_links where rotors are not prop0_link to prop3_link")
    }
    return element
  }

  private func battery() throws(ModelError) -> Battery<Double>? {
    guard let element = robot.children("swiftlet:battery").first else { return nil }
    return try Battery(element)
  }

  /// The link in whose frame the drone is: the one of this name, or the root.
  private func baseLink() throws(ModelError) -> LocatedElement {
    if let base = tree.link(named: "base_link") { return base }
    guard let root = tree.link(named: try tree.root()) else {
      throw robot.error("has no <link name=\"base_link\">; expected one")
    }
    return root
  }

  /// The links of the rotors, in their order.
  private func rotorLinks() throws(ModelError) -> [LocatedElement] {
    var names = (0..<4).map { "prop\($0)_link" }
    let elements = robot.children("swiftlet:quadcopter") + robot.children("properties")
    if let own = elements.first(where: { $0.has("rotor_links") }) {
      let text = try own.string("rotor_links")
      names = text.split(whereSeparator: \.isWhitespace).map(String.init)
      guard names.count == 4, Set(names).count == 4 else {
        throw own.error("rotor_links=\"\(text.prefix(60))\"; expected four names of links")
      }
    }
    var links: [LocatedElement] = []
    for name in names {
      guard let link = tree.link(named: name) else {
        throw robot.error(
          "has no <link name=\"\(name)\">; expected four rotors, prop0_link to prop3_link, or "
            + "their names in rotor_links of <swiftlet:quadcopter>")
      }
      links.append(link)
    }
    for link in tree.links {
      let name = try link.string("name")
      guard !names.contains(name), name.wholeMatch(of: /prop[0-9]+_link/) != nil else { continue }
      throw link.error("name=\"\(name)\" is a fifth rotor; expected a quadcopter")
    }
    return links
  }

  /// The links that move as one, in the frame of the base link, and their mass.
  private struct RigidLinks {
    var links: [(link: LocatedElement, place: Placement)] = []
    var mass: MassProperties
  }

  /// Collects what hangs on the base link; a rotor may turn on its own joint.
  private func body(
    of base: LocatedElement, rotors: [LocatedElement]
  ) throws(ModelError) -> RigidLinks {
    var links: [(link: LocatedElement, place: Placement)] = []
    var masses: [MassProperties] = []
    var rotorNames: Set<String> = []
    for rotor in rotors { rotorNames.insert(try rotor.string("name")) }
    for link in tree.links {
      let path = try tree.path(from: base.string("name"), to: link.string("name"))
      var mass: MassProperties?
      if let inertial = link.children("inertial").first { mass = try MassProperties(inertial) }
      if let joint = try path.looseJoint(except: rotorNames) {
        guard mass == nil, link.children("collision").isEmpty else {
          throw joint.error("is not fixed; expected all that has mass or shape fixed to the base")
        }
        continue
      }
      let place = try path.place()
      links.append((link, place))
      if let mass { masses.append(mass.placed(at: place)) }
    }
    let element = base.children("inertial").first?.children("mass").first ?? base
    guard let mass = MassProperties(lumping: masses) else {
      throw element.error("gives no mass; expected above 0 kg")
    }
    // What worlds take of what moves.
    guard (1e-6...1e6).contains(mass.mass) else {
      throw element.error("gives a mass of \(mass.mass) kg; expected 1e-6 kg to 1e6 kg")
    }
    return RigidLinks(links: links, mass: mass)
  }

  /// What to name where the inertia is at fault.
  private func inertiaElement(of base: LocatedElement) -> LocatedElement {
    base.children("inertial").first?.children("inertia").first ?? base
  }

  /// The hub of a rotor, in the frame of the base link: where its mass is, or its link.
  private func position(
    ofRotor link: LocatedElement, base: LocatedElement
  ) throws(ModelError) -> Vector<Body, Double> {
    let place = try tree.path(from: base.string("name"), to: link.string("name")).place()
    let tilt = RotationMatrix(place.attitude).zRow.z
    // A degree costs 0.02 % of the thrust.
    guard tilt > Self.leastUpright else {
      throw link.error("is a rotor whose axis leans; expected it along z of the base, to 1 degree")
    }
    guard let inertial = link.children("inertial").first else { return place.position }
    return place.placing(try inertial.origin()).position
  }

  /// The cosine of 1 degree. [–]
  private static let leastUpright = 0.999847

  /// The shape of all links, and where it sits from the centre of mass.
  private func collision(
    of body: RigidLinks, base: LocatedElement
  ) throws(ModelError) -> (Shape, Vector<Body, Double>) {
    var parts: [PlacedShape] = []
    for (link, place) in body.links {
      for part in try geometry.collisions(of: link, at: place) {
        var part = part
        part.shape = part.shape.solid
        part.position = part.position - body.mass.centre
        parts.append(part)
      }
    }
    guard let first = parts.first else {
      throw base.error("has no <collision>, nor has a link fixed to it; expected one")
    }
    try URDFGeometry.checkReach(of: parts, in: base)
    if parts.count == 1, first.attitude == .identity { return (first.shape, first.position) }
    return (.compound(parts), .zero)
  }
}

extension Shape {
  /// The shape, or the hull of a mesh, which has no inside.
  fileprivate var solid: Shape {
    guard case .mesh(let mesh) = self else { return self }
    return .convexHull(points: mesh.hullPoints())
  }
}
