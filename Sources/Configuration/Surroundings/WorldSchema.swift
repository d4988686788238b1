package import Foundation
package import Geometry
package import Parameters
import SpatialMath
package import Worlds

/// The keys of what there is apart from drones.
package struct WorldSchema {
  /// The folder that relative paths start from.
  let folder: URL
  /// Folders that hold the packages of `package://` names.
  let packages: [URL]
  /// What can be drawn by a seed.
  let worlds: WorldCatalogue

  /// The keys, in a file of a folder.
  package init(folder: URL, packages: [URL], worlds: WorldCatalogue) {
    (self.folder, self.packages, self.worlds) = (folder, packages, worlds)
  }

  /// Reads what there is apart from drones.
  package func world(_ map: inout MappingReader) -> WorldSpecification {
    let floor = map.boolean("floor", "whether there is a floor at z = 0", default: true)
    var names: Set<String> = []
    let obstacles = map.list(
      "obstacles", "what there is to touch beside the floor, each with a shape"
    ) { obstacle in
      obstacle.mapping { map -> RigidBody? in
        let body = self.obstacle(&map)
        if let name = body?.name, !names.insert(name).inserted {
          map.reject("is the name of another obstacle too", at: "name", expected: "another name")
        }
        return body
      }
    }
    let drawn = worlds.entries.compactMap { entry in
      map.optional(entry.name, entry.summary) { self.drawn(entry, from: $0) } ?? nil
    }
    return WorldSpecification(
      floor: floor, obstacles: obstacles.compactMap { $0 }, drawn: drawn)
  }

  /// Reads surroundings that are drawn by a seed.
  package func drawn(
    _ entry: WorldCatalogue.Entry, from value: ValueReader
  ) -> WorldSpecification.Drawn? {
    ParameterReader(folder: folder).read(entry.factory, from: value).map {
      WorldSpecification.Drawn(name: entry.name, world: $0.product)
    }
  }

  /// Reads one obstacle.
  package func obstacle(_ map: inout MappingReader) -> RigidBody? {
    let form = map.choice(among: ObstacleSchema(folder: folder, packages: packages).forms)
    let name = self.name(&map)
    let motion =
      map.optional(
        "motion", "how it moves by itself, whatever is in its way; not beside a mass"
      ) { $0.mapping { self.motion(&$0) } } ?? nil
    // One that cannot be read says nothing of where the obstacle is.
    let first = motion?.keyframes[0].pose.position ?? (map.has("motion") ? .zero : nil)
    let position: Vector<World, Double> = map.vector(
      "at", "where its origin is; where its motion begins, if it moves", default: first, unit: "m")
    let attitude = map.attitude() ?? .identity
    let mass = map.number(
      "mass", "its mass; with one it is loose, without it stands. A URDF file may say it",
      default: form?.mass ?? 0, in: .within(0...1e6), unit: "kg")
    let inertia = self.inertia(&map, mass: mass, form: form)
    let (friction, restitution) = surface(&map, mass: mass, form: form)
    let groups = self.groups(
      &map, "groups", "the collision groups that it belongs to", default: .obstacles)
    map.rename("minds", to: "collides_with")
    let collidesWith = self.groups(
      &map, "collides_with", "the collision groups that it touches", default: .all)
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
    (body.name, body.groups, body.collidesWith) = (name, groups, collidesWith)
    return body
  }

  /// Reads how a surface rubs and bounces; by default as the form says, if it says so.
  private func surface(
    _ map: inout MappingReader, mass: Double, form: ObstacleSchema.Form?
  ) -> (friction: Double, restitution: Double) {
    let friction = map.number(
      "friction",
      "Coulomb's coefficient, the product of both in a contact; \(RigidBody.usualFriction(ofMass: 1)) for a loose one",
      default: form?.friction ?? RigidBody.usualFriction(ofMass: mass),
      in: .within(0...1e6))
    let restitution = map.number(
      "restitution",
      "the share of the closing speed that a contact gives back, the product of both; a URDF file may say it",
      default: form?.restitution ?? 0, in: .within(0...1))
    return (friction, restitution)
  }

  /// Reads what an obstacle is called: a word of recordings, which have no quotes.
  private func name(_ map: inout MappingReader) -> String? {
    let name = map.optional("name", "what recordings and messages call it") {
      $0.string(expected: "a name")
    }
    guard let name else { return nil }
    if name.isEmpty || name.printable != name || name.utf8.count > 100
      || name.contains(where: { "\",".contains($0) })
    {
      map.reject(
        "is no name", at: "name",
        expected: "up to 100 bytes, without \", commas and characters that cannot be seen")
    }
    return name
  }

  /// Reads the principal moments of inertia; by default those of the form, if it gives some, for the
  /// mass that it has now.
  private func inertia(
    _ map: inout MappingReader, mass: Double, form: ObstacleSchema.Form?
  ) -> Vector<Body, Double>? {
    let given: Vector<Body, Double>? = map.optional(
      "inertia", "the principal moments of inertia", usual: "those of the shape, or of a URDF file"
    ) {
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
    _ map: inout MappingReader, _ key: String, _ summary: String, default initial: CollisionGroups
  ) -> CollisionGroups {
    let isThere = map.has(key)
    let numbers: [Int] = map.list(key, summary, usual: initial.listed) {
      $0.integer(in: 0...31)
    }
    return isThere ? numbers.reduce(into: []) { $0.formUnion(.group($1)) } : initial
  }

  /// Reads a scheduled motion.
  private func motion(_ map: inout MappingReader) -> ScheduledMotion? {
    var last: ScheduledMotion.Keyframe?
    let keyframes = map.list(
      "poses", "where it is at some times, by rising times; it moves evenly between them",
      count: 1...1_000_000
    ) { pose in
      pose.mapping { map -> ScheduledMotion.Keyframe? in
        let time = map.number("t", "the time", in: .within(0...1e9), unit: "s")
        let position: Vector<World, Double> = map.vector(
          "at", "where it is then", in: .within(-1e6...1e6), unit: "m")
        let attitude = map.attitude() ?? .identity
        let frame = ScheduledMotion.Keyframe(
          at: time, Pose(position: position, attitude: attitude))
        defer { last = frame }
        return check(frame, after: last, in: &map) ? frame : nil
      }
    }
    let loops = map.boolean(
      "loop", "whether it starts anew after the last pose, which is where the first is",
      default: false)
    guard let first = keyframes.first?.pose, let end = keyframes.last?.pose else { return nil }
    let way = (end.position - first.position).norm
    if loops, way > 1e-3 {
      map.reject(
        "jumps by \(way) m from the last pose to the first", at: "loop",
        expected: "a last pose where the first is")
    }
    return ScheduledMotion(keyframes, isLoop: loops)
  }

  /// Whether a pose can follow the one before it, if there is one.
  private func check(
    _ frame: ScheduledMotion.Keyframe, after last: ScheduledMotion.Keyframe?,
    in map: inout MappingReader
  ) -> Bool {
    guard let last else { return true }
    let duration = frame.time - last.time
    guard duration > 0 else {
      map.reject("does not come after the one before", at: "t", expected: "later times")
      return false
    }
    let speed = (frame.pose.position - last.pose.position).norm / duration
    guard speed <= 100 else {
      map.reject("is reached at \(speed) m/s", at: "at", expected: "100 m/s at most")
      return false
    }
    return true
  }
}

extension CollisionGroups {
  /// The groups as a file writes them.
  fileprivate var listed: String {
    self == .all ? "all" : "\((0..<32).filter { contains(.group($0)) })"
  }
}
