package import Foundation
package import Geometry
import Parameters
import SpatialMath

/// The keys of what there is apart from drones.
package struct WorldSchema {
  /// The folder that relative paths start from.
  let folder: URL
  /// Folders that hold the packages of `package://` names.
  let packages: [URL]

  /// The keys, in a file of a folder.
  package init(folder: URL, packages: [URL]) {
    (self.folder, self.packages) = (folder, packages)
  }

  /// Reads what there is apart from drones.
  package func world(_ map: inout MappingReader) -> WorldSpecification {
    let floor = map.boolean("floor", default: true)
    let obstacles = map.list("obstacles") { obstacle in
      obstacle.mapping { self.obstacle(&$0) }
    }
    return WorldSpecification(floor: floor, obstacles: obstacles.compactMap { $0 })
  }

  /// Reads one obstacle.
  package func obstacle(_ map: inout MappingReader) -> RigidBody? {
    let form = map.choice(among: ObstacleSchema(folder: folder, packages: packages).forms)
    let motion = map.optional("motion") { $0.mapping { self.motion(&$0) } } ?? nil
    let first = motion?.keyframes[0].pose.position
    let position: Vector<World, Double> = map.vector("at", default: first, unit: "m")
    let attitude = map.attitude() ?? .identity
    let mass = map.number("mass", default: form?.mass ?? 0, in: .within(0...1e6), unit: "kg")
    let inertia = self.inertia(&map, mass: mass, form: form)
    let friction = map.number(
      "friction", default: form?.friction ?? RigidBody.usualFriction(ofMass: mass),
      in: .within(0...1e6))
    let restitution = map.number(
      "restitution", default: form?.restitution ?? 0, in: .within(0...1))
    let groups = self.groups(&map, "groups", default: .obstacles)
    map.rename("minds", to: "collides_with")
    let collidesWith = self.groups(&map, "collides_with", default: .all)
    guard let form else { return nil }
    if mass > 0, form.shape.parts.contains(where: \.shape.isHollow) {
      map.reject("cannot be carried by a mesh", at: "mass", expected: "0 kg for a mesh")
    }
    if mass > 0, motion != nil {
      map.reject("stands beside mass", at: "motion", expected: "only one of them")
    }
    var body = RigidBody(
      form.shape,
      at: Pose(
        position: position + attitude(form.centre), attitude: attitude.after(form.axes)),
      mass: mass, inertia: inertia, friction: friction, restitution: restitution,
      motion: motion)
    (body.groups, body.collidesWith) = (groups, collidesWith)
    return body
  }

  /// Reads the principal moments of inertia; by default those of the form, if it gives some, for the
  /// mass that it has now.
  private func inertia(
    _ map: inout MappingReader, mass: Double, form: ObstacleSchema.Form?
  ) -> Vector<Body, Double>? {
    let given: Vector<Body, Double>? = map.optional("inertia") {
      $0.vector(in: .positive, unit: "kg·m²")
    }
    guard let given else {
      guard let form, form.mass > 0, mass > 0 else { return nil }
      return form.inertia.map { mass == form.mass ? $0 : mass / form.mass * $0 }
    }
    let largest = max(given.x, given.y, given.z)
    if mass == 0 {
      map.reject("stands without a mass", at: "inertia", expected: "a mass above 0 kg beside it")
    } else if largest > (given.x + given.y + given.z - largest) * (1 + 1e-9) {
      map.reject(
        "is that of no body", at: "inertia", expected: "no moment above the sum of the other two")
    }
    return given
  }

  /// Reads numbers of collision groups.
  private func groups(
    _ map: inout MappingReader, _ key: String, default initial: CollisionGroups
  ) -> CollisionGroups {
    let isThere = map.has(key)
    let numbers: [Int] = map.list(key) { $0.integer(in: 0...31) }
    return isThere ? numbers.reduce(into: []) { $0.formUnion(.group($1)) } : initial
  }

  /// Reads a scheduled motion.
  private func motion(_ map: inout MappingReader) -> ScheduledMotion? {
    var last = -Double.infinity
    let keyframes = map.list("poses", count: 1...1_000_000) { pose in
      pose.mapping { map -> ScheduledMotion.Keyframe? in
        let time = map.number("t", in: .atLeast(0), unit: "s")
        if time <= last {
          map.reject("does not come after the one before", at: "t", expected: "later times")
          return nil
        }
        last = time
        let position: Vector<World, Double> = map.vector("at", unit: "m")
        let attitude = map.attitude() ?? .identity
        return .init(at: time, Pose(position: position, attitude: attitude))
      }
    }
    let loops = map.boolean("loop", default: false)
    return keyframes.isEmpty ? nil : ScheduledMotion(keyframes, isLoop: loops)
  }
}
