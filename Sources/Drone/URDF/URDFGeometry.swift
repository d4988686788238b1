import Foundation
import Geometry
import SpatialMath

/// Reads the shapes of a URDF file.
struct URDFGeometry {
  /// Where meshes are looked for.
  let folders: PackageFolders

  init(folder: URL, packages: [URL]) {
    folders = PackageFolders(around: folder, packages: packages)
  }

  /// The collision shapes of a link, in the frame in which the link has some place.
  func collisions(
    of link: LocatedElement, at place: Placement
  ) throws(ModelError) -> [PlacedShape] {
    var parts: [PlacedShape] = []
    for collision in link.children("collision") {
      let local = place.placing(try collision.origin())
      let shape = try self.shape(of: collision.child("geometry"))
      parts.append(PlacedShape(shape, at: local.position, attitude: local.attitude))
    }
    return parts
  }

  private func shape(of geometry: LocatedElement) throws(ModelError) -> Shape {
    if let box = geometry.children("box").first {
      let size = try box.vector("size")
      guard min(size.x, size.y, size.z) > 0 else {
        throw box.error("size has an edge that is not above 0 m")
      }
      for edge in [size.x, size.y, size.z] { try box.checkSize(edge, "size") }
      return .box(size: size)
    }
    if let sphere = geometry.children("sphere").first {
      return .sphere(radius: try sphere.size("radius"))
    }
    if let cylinder = geometry.children("cylinder").first {
      return .cylinder(
        radius: try cylinder.size("radius"),
        height: try cylinder.size("length"))
    }
    if let capsule = geometry.children("capsule").first {
      return .capsule(
        radius: try capsule.size("radius"),
        length: try capsule.size("length"))
    }
    if let mesh = geometry.children("mesh").first { return try self.mesh(mesh) }
    throw geometry.error(
      "has no shape we know; expected <box>, <sphere>, <cylinder>, <capsule> or <mesh>")
  }

  /// Refuses shapes, placed from the centre of mass, that reach farther than a world does.
  static func checkReach(
    of parts: [PlacedShape], in element: LocatedElement
  ) throws(ModelError) {
    for part in parts {
      let p = part.position
      let reach = max(abs(p.x), abs(p.y), abs(p.z)) + part.shape.boundingRadius
      guard reach <= 1e6 else {
        throw element.error(
          "has a collision shape that reaches \(reach) m from the centre of mass; expected 1e6 m "
            + "at most")
      }
    }
  }

  private func mesh(_ element: LocatedElement) throws(ModelError) -> Shape {
    let scale = element.has("scale") ? try element.vector("scale") : Vector(1, 1, 1)
    guard scale.x == scale.y, scale.y == scale.z, scale.x > 0 else {
      throw element.error("scale differs along the axes, or is not above 0; expected one above 0")
    }
    let name = try element.string("filename")
    do throws(MeshFileError) {
      return .mesh(try TriangleMesh(contentsOf: folders.file(named: name), scale: scale.x))
    } catch { throw element.error("cannot be used: \(error)") }
  }
}
