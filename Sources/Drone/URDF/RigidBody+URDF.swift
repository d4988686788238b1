public import Foundation
public import Geometry
import SpatialMath

extension RigidBody {
  /// The obstacle in a URDF file: its links, fixed to each other, with their collision shapes.
  ///
  /// Its mass is that of all links, 0 for one that nothing moves. Its origin is their centre of mass and
  /// its axes are the principal axes of their inertia; its pose says where these are in the file's frame.
  ///
  /// - Parameters:
  ///   - url: The file; meshes are looked for from its folder.
  ///   - packages: Folders that hold the packages of `package://` names.
  ///   - note: Told, in a line, what of the file is passed over.
  /// - Throws: ``ModelError`` with file, line, element and attribute.
  public init(
    contentsOfURDF url: URL, packages: [URL] = [], note: (String) -> Void = { _ in }
  ) throws(ModelError) {
    let file = url.relativePath
    let data = try urdfData(at: url)
    let geometry = URDFGeometry(folder: url.deletingLastPathComponent(), packages: packages)
    let tree = try LinkTree(data, file: file)
    self = try ObstacleReader(tree: tree, geometry: geometry).body(note)
    if let line = URDFVocabulary.note(on: tree.robot) { note(line) }
  }
}

/// Reads an obstacle from the links of a URDF file.
private struct ObstacleReader {
  let tree: LinkTree
  let geometry: URDFGeometry

  func body(_ note: (String) -> Void) throws(ModelError) -> RigidBody {
    let root = try tree.root()
    var parts: [PlacedShape] = []
    var masses: [MassProperties] = []
    for link in tree.links {
      let path = try tree.path(from: root, to: link.string("name"))
      if let joint = try path.looseJoint() {
        throw joint.error("is not fixed; expected an obstacle of one piece")
      }
      let place = try path.place()
      parts += try geometry.collisions(of: link, at: place)
      guard let inertial = link.children("inertial").first else { continue }
      if let mass = try MassProperties(inertial) { masses.append(mass.placed(at: place)) }
    }
    guard !parts.isEmpty else { throw tree.robot.error("has no <collision>; expected one") }
    let mass = MassProperties(lumping: masses)
    // What worlds take of what moves.
    if let mass = mass?.mass, mass != 0, !(1e-6...1e6).contains(mass) {
      throw tree.robot.error("has a mass of \(mass) kg; expected 0, or 1e-6 kg to 1e6 kg")
    }
    let centre = mass?.centre ?? .zero
    let fromCentre = parts.map { PlacedShape($0.shape, at: $0.position - centre) }
    try URDFGeometry.checkReach(of: fromCentre, in: tree.robot)
    var body = body(of: parts, mass: mass, note)
    let surface = try tree.surface(of: tree.links)
    if let friction = surface.friction { body.friction = friction }
    if let restitution = surface.restitution { body.restitution = restitution }
    return body
  }

  /// A body about its centre of mass, along its principal axes.
  ///
  /// Many files give inertias that no body has, for obstacles that nothing ever moves: a note says so, and
  /// the mass counts as spread evenly.
  private func body(
    of parts: [PlacedShape], mass: MassProperties?, _ note: (String) -> Void
  ) -> RigidBody {
    let centre = mass?.centre ?? .zero
    var axes = Rotation<Body, Body, Double>.identity
    var inertia: Vector<Body, Double>?
    if let mass, mass.inertia.moments != .zero {
      do throws(ModelError) {
        let (moments, turn) = try mass.principal(at: tree.links[0])
        (inertia, axes) = (moments, turn)
      } catch { note("\(error); the mass is taken to fill the shape evenly") }
    }
    let local = parts.map { part in
      PlacedShape(
        part.shape, at: axes.inverse(part.position - centre),
        attitude: axes.inverse.after(part.attitude))
    }
    let isPlain =
      local.count == 1 && local[0].position == .zero && local[0].attitude == .identity
    var body = RigidBody(
      isPlain ? local[0].shape : .compound(local), mass: mass?.mass ?? 0, inertia: inertia)
    body.pose.position = Vector(centre.x, centre.y, centre.z)
    body.pose.attitude = Rotation(x: axes.x, y: axes.y, z: axes.z, w: axes.w)
    return body
  }
}
