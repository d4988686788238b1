public import Foundation
public import Geometry
import SpatialMath

extension RigidBody {
  /// The obstacle in a URDF file: its links, fixed to each other, with their collision shapes.
  ///
  /// Its mass is that of all links, 0 for one that nothing moves; its origin is their centre of mass,
  /// and its pose says where that is in the file's frame.
  ///
  /// - Parameter url: The file; meshes are looked for from its folder.
  /// - Throws: ``ModelError`` with file, line, element and attribute.
  public init(contentsOfURDF url: URL) throws(ModelError) {
    let file = url.relativePath
    let data: Data
    do { data = try Data(contentsOf: url) } catch {
      throw ModelError(file: file, message: "cannot be read: \(error.localizedDescription)")
    }
    self = try ObstacleReader(data, file: file, folder: url.deletingLastPathComponent()).body()
  }
}

/// Reads an obstacle from a URDF file.
private struct ObstacleReader {
  private let robot: LocatedElement
  private let folder: URL

  init(_ data: Data, file: String, folder: URL) throws(ModelError) {
    robot = LocatedElement(element: try XMLElement.parse(data, file: file), file: file)
    self.folder = folder
    guard robot.element.name == "robot" else {
      throw robot.error("is the root element; expected <robot>")
    }
  }

  func body() throws(ModelError) -> RigidBody {
    var parts: [PlacedShape] = []
    var (mass, moment) = (0.0, Vector<Body, Double>.zero)
    var friction: Double?
    for link in robot.children("link") {
      let place = try place(ofLink: try link.string("name"), depth: 0)
      for collision in link.children("collision") {
        let local = place.placing(try origin(of: collision))
        let shape = try self.shape(of: collision.child("geometry"))
        parts.append(PlacedShape(shape, at: local.position, attitude: local.attitude))
      }
      if let inertial = link.children("inertial").first {
        let own = try inertial.child("mass").nonNegative("value", unit: "kg")
        mass += own
        moment += own * place.placing(try origin(of: inertial)).position
      }
      if let contact = link.children("contact").first?.children("lateral_friction").first {
        friction = try contact.nonNegative("value", unit: "(no unit)")
      }
    }
    guard let first = parts.first else { throw robot.error("has no <collision>; expected one") }
    let centre = mass > 0 ? (1 / mass) * moment : .zero
    let isPlain = parts.count == 1 && first.position == centre && first.attitude == .identity
    let whole = isPlain ? first.shape : Shape.compound(parts).moved(by: -centre)
    var body = RigidBody(whole, mass: mass, friction: friction ?? 0.5)
    body.pose.position = Vector(centre.x, centre.y, centre.z)
    return body
  }

  /// Where a link is in the frame of the first, by the joints that fix it.
  private func place(ofLink name: String, depth: Int) throws(ModelError) -> Placement {
    for joint in robot.children("joint") where try joint.child("child").string("link") == name {
      guard try joint.string("type") == "fixed" else {
        throw joint.error("is not fixed; expected an obstacle of one piece")
      }
      guard depth < 100 else { throw joint.error("hangs on itself") }
      let parent = try place(ofLink: joint.child("parent").string("link"), depth: depth + 1)
      return parent.placing(try origin(of: joint))
    }
    return Placement()
  }

  private func origin(of element: LocatedElement) throws(ModelError) -> Placement {
    guard let origin = element.children("origin").first else { return Placement() }
    let angles = try origin.vector("rpy")
    let turn = Rotation<Body, World, Double>(
      RollPitchYaw(roll: angles.x, pitch: angles.y, yaw: angles.z))
    return Placement(
      position: try origin.vector("xyz"),
      attitude: Rotation(x: turn.x, y: turn.y, z: turn.z, w: turn.w))
  }

  private func shape(of geometry: LocatedElement) throws(ModelError) -> Shape {
    if let box = geometry.children("box").first {
      let size = try box.vector("size")
      guard min(size.x, size.y, size.z) > 0 else {
        throw box.error("size has an edge that is not above 0 m")
      }
      return .box(size: size)
    }
    if let sphere = geometry.children("sphere").first {
      return .sphere(radius: try sphere.positive("radius", unit: "m"))
    }
    if let cylinder = geometry.children("cylinder").first {
      return .cylinder(
        radius: try cylinder.positive("radius", unit: "m"),
        height: try cylinder.positive("length", unit: "m"))
    }
    if let capsule = geometry.children("capsule").first {
      return .capsule(
        radius: try capsule.positive("radius", unit: "m"),
        length: try capsule.positive("length", unit: "m"))
    }
    if let mesh = geometry.children("mesh").first { return try self.mesh(mesh) }
    throw geometry.error(
      "has no shape we know; expected <box>, <sphere>, <cylinder>, <capsule> or <mesh>")
  }

  private func mesh(_ element: LocatedElement) throws(ModelError) -> Shape {
    let scale = element.has("scale") ? try element.vector("scale") : Vector(1, 1, 1)
    guard scale.x == scale.y, scale.y == scale.z, scale.x > 0 else {
      throw element.error("scale differs along the axes, or is not above 0")
    }
    let url = URL(fileURLWithPath: try element.string("filename"), relativeTo: folder)
    do throws(MeshFileError) {
      return .mesh(try TriangleMesh(contentsOf: url, scale: scale.x))
    } catch { throw element.error("cannot be used: \(error)") }
  }
}

/// Where a part of a file is, in the frame of another.
private struct Placement {
  var position = Vector<Body, Double>.zero
  var attitude = Rotation<Body, Body, Double>.identity

  /// Where something is that has a place in this one's frame.
  func placing(_ inner: Placement) -> Placement {
    Placement(
      position: position + attitude(inner.position), attitude: attitude.after(inner.attitude))
  }
}
