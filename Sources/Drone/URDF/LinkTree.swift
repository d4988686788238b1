import Files
import Foundation
import SpatialMath

/// The links of a robot and the joints between them.
struct LinkTree {
  /// The root element.
  let robot: LocatedElement
  /// The links, in the order of the file.
  let links: [LocatedElement]
  private let linksByName: [String: LocatedElement]
  /// The joint above each link, and the link above that, by the link's name.
  private let joints: [String: (joint: LocatedElement, parent: String)]

  /// Reads a file's contents.
  init(_ data: Data, file: String) throws(ModelError) {
    robot = LocatedElement(element: try XMLElement.parse(data, file: file), file: file)
    guard robot.element.name == "robot" else {
      throw robot.error("is the root element; expected <robot>")
    }
    if let macro = robot.element.children.first(where: { $0.name.hasPrefix("xacro:") }) {
      throw LocatedElement(element: macro, file: file).error(
        "is a macro; expected the file that the program xacro makes of this one")
    }
    links = robot.children("link")
    var byName: [String: LocatedElement] = [:]
    for link in links {
      let name = try link.string("name")
      guard byName.updateValue(link, forKey: name) == nil else {
        throw link.error("has the name \"\(name)\" of another link; expected a name of its own")
      }
    }
    linksByName = byName
    joints = try Self.joints(of: robot, links: byName)
  }

  private static func joints(
    of robot: LocatedElement, links: [String: LocatedElement]
  ) throws(ModelError) -> [String: (joint: LocatedElement, parent: String)] {
    var joints: [String: (joint: LocatedElement, parent: String)] = [:]
    for joint in robot.children("joint") {
      let (child, parent) = (try joint.child("child"), try joint.child("parent"))
      for end in [child, parent] where links[try end.string("link")] == nil {
        throw end.error("link=\"\(try end.string("link"))\"; expected the name of a link")
      }
      let name = try child.string("link")
      guard joints[name] == nil else {
        throw joint.error("is the second joint above \"\(name)\"; expected one")
      }
      joints[name] = (joint, try parent.string("link"))
    }
    return joints
  }

  /// The link of some name.
  func link(named name: String) -> LocatedElement? { linksByName[name] }

  /// The first link that hangs on no other.
  func root() throws(ModelError) -> String {
    for link in links {
      let name = try link.string("name")
      if joints[name] == nil { return name }
    }
    throw robot.error("has no <link> that hangs on no other; expected one")
  }

  /// The way from a link to another.
  struct Path {
    /// The joints from the first link up to where the ways part, the highest first.
    var up: ArraySlice<LocatedElement>
    /// The joints from there down to the second link, the highest first.
    var down: ArraySlice<LocatedElement>

    /// Where the second link is in the frame of the first.
    func place() throws(ModelError) -> Placement {
      let below = try Self.place(after: down)
      return up.isEmpty ? below : try Self.place(after: up).inverse.placing(below)
    }

    private static func place(
      after joints: ArraySlice<LocatedElement>
    ) throws(ModelError) -> Placement {
      var place = Placement()
      for joint in joints { place = place.placing(try joint.origin()) }
      return place
    }

    /// The first joint that is not fixed, those above some links aside.
    func looseJoint(except links: Set<String> = []) throws(ModelError) -> LocatedElement? {
      for joint in Array(up) + Array(down) where try joint.string("type") != "fixed" {
        let child = try joint.child("child").string("link")
        if !links.contains(child) { return joint }
      }
      return nil
    }
  }

  /// The way from a link to another.
  func path(from first: String, to second: String) throws(ModelError) -> Path {
    let (up, down) = (try joints(above: first), try joints(above: second))
    let shared = zip(up, down).prefix { $0.element === $1.element }.count
    return Path(up: up.dropFirst(shared), down: down.dropFirst(shared))
  }

  /// The joints from the root to a link, the highest first.
  private func joints(above name: String) throws(ModelError) -> [LocatedElement] {
    var path: [LocatedElement] = []
    var next = name
    while let (joint, parent) = joints[next] {
      path.append(joint)
      guard path.count <= joints.count else { throw joint.error("hangs on itself") }
      guard path.count <= InputLimits.depth else {
        throw joint.error("is one of more than \(InputLimits.depth) joints one below the other")
      }
      next = parent
    }
    return path.reversed()
  }

  /// What a file says about the surface of a body: the first link of those that say something.
  func surface(of links: [LocatedElement]) throws(ModelError) -> (
    friction: Double?, restitution: Double?
  ) {
    var (friction, restitution): (Double?, Double?) = (nil, nil)
    for contact in links.flatMap({ $0.children("contact") }) {
      if friction == nil, let element = contact.children("lateral_friction").first {
        let value = try element.nonNegative("value", unit: "(no unit)")
        guard value <= 1e6 else { throw element.error("value=\"\(value)\"; expected 0 to 1e6") }
        friction = value
      }
      if restitution == nil, let element = contact.children("restitution").first {
        let value = try element.nonNegative("value", unit: "(no unit)")
        guard value <= 1 else { throw element.error("value=\"\(value)\"; expected 0 to 1") }
        restitution = value
      }
    }
    return (friction, restitution)
  }
}
