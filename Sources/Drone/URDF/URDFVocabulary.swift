/// What elements and attributes URDF files have, beside those that this package adds.
enum URDFVocabulary {
  /// The elements that are read, and those that say nothing about a rigid body, with their attributes.
  private static let attributes: [String: Set<String>] = [
    "robot": ["name", "version"],
    "link": ["name", "type"],
    "inertial": [], "mass": ["value"],
    "inertia": ["ixx", "ixy", "ixz", "iyx", "iyy", "iyz", "izx", "izy", "izz"],
    "origin": ["xyz", "rpy"],
    "collision": ["name", "group"], "geometry": [], "box": ["size"], "sphere": ["radius"],
    "cylinder": ["radius", "length"], "capsule": ["radius", "length"],
    "mesh": ["filename", "scale"],
    "contact": [], "lateral_friction": ["value"], "restitution": ["value"],
    "joint": ["name", "type"], "parent": ["link"], "child": ["link"], "axis": ["xyz"],
    "properties": [
      "arm", "kf", "km", "thrust2weight", "max_speed_kmh", "gnd_eff_coeff", "prop_radius",
      "drag_coeff_xy", "drag_coeff_z", "dw_coeff_1", "dw_coeff_2", "dw_coeff_3", "rotor_links",
    ],
  ]

  /// Elements whose whole contents say nothing about a rigid body.
  private static let unread: Set<String> = [
    "visual", "material", "gazebo", "transmission", "limit", "dynamics", "mimic", "calibration",
    "safety_controller", "rolling_friction", "spinning_friction", "contact_cfm", "contact_erp",
    "inertia_scaling", "stiffness", "damping", "collision_checking", "verbose", "sensor",
  ]

  /// A line that names what a file has that is passed over; `nil` for nothing.
  static func note(on robot: LocatedElement) -> String? {
    var unknown: [String] = []
    collect(robot.element, into: &unknown)
    guard let first = unknown.first else { return nil }
    let more = unknown.count > 1 ? " and \(unknown.count - 1) more" : ""
    return "\(robot.file):\(first)\(more): not known, and passed over"
  }

  private static func collect(_ element: XMLElement, into unknown: inout [String]) {
    guard !unread.contains(element.name), !element.name.hasPrefix("swiftlet:") else { return }
    guard let known = attributes[element.name] else {
      unknown.append("\(element.line): <\(element.name)>")
      return
    }
    for name in element.attributes.keys.sorted()
    where !known.contains(name) && !name.hasPrefix("xmlns") {
      unknown.append("\(element.line): the attribute \"\(name)\" of <\(element.name)>")
    }
    for child in element.children { collect(child, into: &unknown) }
  }
}
