import Parameters
import Drone
import Foundation
import Geometry
import SpatialMath

/// What an obstacle can be, and the keys of each.
struct ObstacleSchema {
  /// A shape, and what its file says beside it.
  struct Form {
    var shape: Shape
    /// The mass. [kg]
    var mass = 0.0
    /// Coulomb's coefficient, where it is said. [–]
    var friction: Double?
    /// The share of the closing speed that a contact gives back, where it is said. [–]
    var restitution: Double?
    /// The principal moments of inertia, where they are said. [kg·m²]
    var inertia: Vector<Body, Double>?
    /// The centre of mass, from where the scenario places it. [m]
    var centre = Vector<Body, Double>.zero
    /// From the body's axes to those that the scenario places.
    var axes = Rotation<Body, Body, Double>.identity
  }

  /// The sizes that Bullet takes. [m]
  private static let sizes = NumberRange.within(1e-6...1e6)

  private static let meshSummary = "triangles, felt from both sides, which nothing carries"

  /// The folder that relative paths start from.
  let folder: URL
  /// Folders that hold the packages of `package://` names.
  let packages: [URL]

  var forms: [Choice<Form>] {
    shapes.map { choice in
      Choice(choice.name, choice.summary) { value in choice.read(value).map { Form(shape: $0) } }
    } + [Choice("urdf", "the collision shapes of a URDF file's links, fixed to one another", urdf)]
  }

  private var shapes: [Choice<Shape>] {
    solids + [
      Choice("mesh", Self.meshSummary, mesh),
      Choice("heightfield", "triangles over a square grid of heights", heightfield),
      Choice("compound", "shapes that hang together", compound),
    ]
  }

  private var solids: [Choice<Shape>] {
    [
      Choice("box", "a box, by its three edges") {
        $0.vector(in: Self.sizes, unit: "m").map(Shape.box)
      },
      Choice("sphere", "a ball, by its radius") {
        $0.number(in: Self.sizes, unit: "m").map(Shape.sphere)
      },
      Choice("cylinder", "an upright cylinder, by its radius and height") { value in
        let size = value.list(count: 2...2) { $0.number(in: Self.sizes, unit: "m") }
        guard let size, size.count == 2 else { return nil }
        return .cylinder(radius: size[0], height: size[1])
      },
      Choice("capsule", "an upright cylinder between half balls, by its radius and height") {
        value in
        let size = value.list(count: 2...2) { $0.number(in: Self.sizes, unit: "m") }
        guard let size, size.count == 2 else { return nil }
        return .capsule(radius: size[0], length: size[1])
      },
      Choice("hull", "the convex hull of points") { value in
        value.list(count: 4...256) { $0.vector(unit: "m") }.map(Shape.convexHull)
      },
    ]
  }

  private func mesh(_ value: ValueReader) -> Shape? {
    value.mapping { map in
      if map.has("points") { return Self.corners(&map) }
      if map.isOutlined { _ = Self.corners(&map) }
      let file = map.string(
        "file", "an OBJ or STL file, also as package://NAME/PATH; or points and corners")
      let scale = map.number(
        "scale", "the length of one unit of the file", default: 1, in: .positive, unit: "m")
      guard !file.isEmpty else { return nil }
      let folders = PackageFolders(around: folder, packages: packages)
      do throws(MeshFileError) {
        return .mesh(try TriangleMesh(contentsOf: folders.file(named: file), scale: scale))
      } catch {
        map.reject("cannot be used: \(error)", at: "file")
        return nil
      }
    }
  }

  /// A mesh that stands in the file itself: points, and three of their numbers for each triangle.
  private static func corners(_ map: inout MappingReader) -> Shape? {
    let points: [Vector<Body, Double>] = map.list(
      "points", "in place of a file: the corners of triangles", count: 3...1_000_000
    ) {
      $0.vector(unit: "m")
    }
    let last = points.isEmpty ? Int32.max : Int32(points.count) - 1
    let corners: [Int32] = map.list(
      "corners", "three points, counted from 0, for each triangle", count: 3...3_000_000
    ) { $0.integer(in: 0...last) }
    guard corners.count.isMultiple(of: 3) else {
      map.reject(
        "has a triangle with fewer corners", at: "corners", expected: "3 for each triangle")
      return nil
    }
    return .mesh(TriangleMesh(points: points, corners: corners))
  }

  private func heightfield(_ value: ValueReader) -> Shape? {
    value.mapping { map in
      let spacing = map.number(
        "spacing", "how far neighbouring points are apart", in: .positive, unit: "m")
      let rows: [[Double]] = map.list(
        "heights", "rows along x, one after the other along y, about the origin", count: 2...100_000
      ) { row in
        row.list(count: 2...100_000) { $0.number(unit: "m") }
      }
      guard rows.count >= 2, let columns = rows.first?.count, columns >= 2 else { return nil }
      guard rows.allSatisfy({ $0.count == columns }) else {
        map.reject("has rows of several lengths", at: "heights", expected: "rows of one length")
        return nil
      }
      return .heightfield(rows.flatMap { $0 }, columns: columns, spacing: spacing)
    }
  }

  private func compound(_ value: ValueReader) -> Shape? {
    let parts = value.list(count: 1...10_000) { part in
      part.mapping { map -> PlacedShape? in
        let shape = map.choice(among: solids + [Choice("mesh", Self.meshSummary, mesh)])
        let position: Vector<Body, Double> = map.vector(
          "at", "where it is in the obstacle", default: .zero, unit: "m")
        let turn = map.attitude() ?? .identity
        return shape.map {
          PlacedShape(
            $0, at: position, attitude: Rotation(x: turn.x, y: turn.y, z: turn.z, w: turn.w))
        }
      }
    }
    return parts.flatMap { $0.isEmpty ? nil : .compound($0) }
  }

  private func urdf(_ value: ValueReader) -> Form? {
    guard let file = value.string(expected: "a URDF file") else { return nil }
    do throws(ModelError) {
      let url = URL(fileURLWithPath: file, relativeTo: folder)
      let body = try RigidBody(contentsOfURDF: url, packages: packages, note: value.note(line:))
      let (p, q) = (body.pose.position, body.pose.attitude)
      return Form(
        shape: body.shape, mass: body.mass, friction: body.friction,
        restitution: body.restitution, inertia: body.inertia, centre: Vector(p.x, p.y, p.z),
        axes: Rotation(x: q.x, y: q.y, z: q.z, w: q.w))
    } catch {
      return value.reject("cannot be used: \(error)")
    }
  }
}

extension Shape {
  /// Whether it has no inside that a mass could fill.
  var isHollow: Bool {
    switch self {
    case .plane, .mesh: true
    default: false
    }
  }
}
