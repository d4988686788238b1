import Drone
import Foundation
import Geometry
import SpatialMath
import TestSupport
import Testing

/// URDF files of many links, as other programs write them.
struct LumpedLinkTests {
  private static let head = """
    <robot name="t" xmlns:swiftlet="urn:swiftlet:quadcopter">
    <swiftlet:quadcopter arm="0.25" thrust_to_weight="2" max_speed="15" thrust_coefficient="1e-7"
      torque_coefficient="2e-9" rotor_radius="0.12" ground_effect="0" drag_xy="0" drag_z="0"
      downwash_gain="0" downwash_spread="0" downwash_width="1"/>
    """
  private static let places = ["1 -1", "-1 -1", "-1 1", "1 1"]

  private func inertial(_ mass: Double, _ moment: Double) -> String {
    """
    <inertial><mass value="\(mass)"/>
    <inertia ixx="\(moment)" ixy="0" ixz="0" iyy="\(moment)" iyz="0" izz="\(moment)"/></inertial>
    """
  }

  private func link(_ name: String, _ contents: String = "") -> String {
    "<link name=\"\(name)\">\(contents)</link>\n"
  }

  private func joint(
    _ child: String, to parent: String, at place: String, rpy: String = "0 0 0",
    type: String = "fixed"
  ) -> String {
    """
    <joint name="\(child)_joint" type="\(type)"><parent link="\(parent)"/><child link="\(child)"/>
    <origin xyz="\(place)" rpy="\(rpy)"/></joint>

    """
  }

  private let box = "<collision><geometry><box size=\"0.2 0.2 0.1\"/></geometry></collision>"

  /// A drone whose rotors hang on the base, or each on an arm that turns them by 90 degrees.
  private func drone(
    base: String? = nil, rotor: String = "", onArms: Bool = false, extra: String = "",
    type: String = "fixed"
  ) -> String {
    var text = Self.head + link("base_link", base ?? inertial(1, 0.01) + box)
    for (index, place) in Self.places.enumerated() {
      let name = "prop\(index)_link"
      text += link(name, rotor)
      if onArms {
        let arm = "arm\(index)"
        // Two units out are, on an arm turned by 90 degrees about z, (x, y) → (y, −x).
        let words = place.split(separator: " ").map { Double($0) ?? 0 }
        let (x, y) = (words[0], words[1])
        text += link(arm) + joint(arm, to: "base_link", at: "0 0 0.1", rpy: "0 0 \(Double.pi / 2)")
        text += joint(name, to: arm, at: "\(y) \(-x) 0.2", type: type)
      } else {
        text += joint(name, to: "base_link", at: place + " 0.3", type: type)
      }
    }
    return text + extra + "</robot>"
  }

  private func model(_ text: String) throws -> QuadcopterModel {
    try QuadcopterModel(urdf: text, named: "test")
  }

  @Test("what a file does not say of the air is none")
  func noAir() throws {
    let said = drone()
    let unsaid = said.replacing(/ground_effect="0"[^\/]*/, with: "")
    try #require(unsaid != said)
    #expect(
      try QuadcopterModel(urdf: unsaid, named: "t") == QuadcopterModel(urdf: said, named: "t"))
  }

  @Test("rotors on a chain of turned joints are where they are on the base")
  func chains() throws {
    let (direct, chain) = (try model(drone()), try model(drone(onArms: true)))
    for rotor in 0..<4 {
      let gap = direct.rotors.array[rotor].position - chain.rotors.array[rotor].position
      #expect(gap.norm < 1e-15)
    }
    #expect(direct.rotors.array[0].position == Vector(1, -1, 0.3))
    #expect(try model(drone(type: "continuous")) == direct)
  }

  /// Four masses m at (±1, ±1, 0.3) about a body of mass M and moment I: the centre is at
  /// 4 m 0.3 / (M + 4 m), and I + M d² + 4 m (1 + (0.3 − d)²) about x.
  @Test("links with a mass count by the parallel-axis theorem")
  func lumps() throws {
    let model = try model(drone(rotor: inertial(0.25, 0)))
    #expect(model.mass == 2)
    let d = 0.15
    #expect(abs(model.rotors[0].position.z - (0.3 - d)) < 1e-15)
    #expect(abs(model.inertia.x - (0.01 + d * d + 1 + (0.3 - d) * (0.3 - d))) < 1e-12)
    #expect(abs(model.inertia.z - (0.01 + 2)) < 1e-12)
    #expect(model.principalAxes == .identity)
    #expect(abs(model.collisionOffset.z + d) < 1e-15)
  }

  @Test("products of inertia become principal moments, and the axes stay near the body's")
  func products() throws {
    let base = """
      <inertial><mass value="1"/><inertia ixx="0.03" ixy="0.002" ixz="-0.001" iyy="0.02" iyz="0.003"
        izz="0.04"/></inertial>
      """
    let model = try model(drone(base: base + box))
    #expect(abs(model.inertia.x + model.inertia.y + model.inertia.z - 0.09) < 1e-15)
    let axes = RotationMatrix(model.principalAxes)
    // Back along the body's axes the file's numbers come out: A diag(I) Aᵀ.
    func entry(_ a: Vector<Body, Double>, _ b: Vector<Body, Double>) -> Double {
      a.dot(model.inertia.scaled(by: b))
    }
    #expect(abs(entry(axes.xRow, axes.xRow) - 0.03) < 1e-14)
    #expect(abs(entry(axes.yRow, axes.yRow) - 0.02) < 1e-14)
    #expect(abs(entry(axes.xRow, axes.yRow) - 0.002) < 1e-14)
    #expect(abs(entry(axes.xRow, axes.zRow) + 0.001) < 1e-14)
    #expect(abs(entry(axes.yRow, axes.zRow) - 0.003) < 1e-14)
    for diagonal in [axes.xRow.x, axes.yRow.y, axes.zRow.z] { #expect(diagonal > 0.9) }
  }

  @Test("all collision shapes count, those of rotors too")
  func compounds() throws {
    let ring =
      "<collision><geometry><cylinder radius=\"0.3\" length=\"0.04\"/></geometry></collision>"
    let model = try model(drone(base: inertial(1, 0.01) + box + ring, rotor: ring))
    #expect(model.collisionShape.parts.count == 6 && model.collisionOffset == .zero)
    #expect(model.collisionShape.parts[2].position == Vector(1, -1, 0.3))
    #expect(model.boundingRadius > 1.7)
  }

  @Test("what is loose and has a mass, a leaning rotor, and a circle of joints are refused")
  func refusals() {
    let leg = link("leg", inertial(0.1, 0.001))
    for (text, message) in [
      (
        drone(extra: leg + joint("leg", to: "base_link", at: "0 0 0", type: "revolute")),
        "<joint> is not fixed"
      ),
      (
        drone(
          extra: link("a") + link("b") + joint("a", to: "b", at: "0 0 0")
            + joint("b", to: "a", at: "0 0 0")), "hangs on itself"
      ),
      (
        drone().replacingOccurrences(
          of: "xyz=\"1 -1 0.3\" rpy=\"0 0 0\"", with: "xyz=\"1 -1 0.3\" rpy=\"0.1 0 0\""),
        "whose axis leans"
      ),
    ] {
      let error = #expect(throws: ModelError.self) { try model(text) }
      #expect(error?.description.contains(message) == true, "\(error?.description ?? "")")
      #expect(error?.line ?? 0 > 0)
    }
  }

  @Test("rotors may have other names")
  func rotorLinks() throws {
    let text = drone().replacingOccurrences(of: "prop", with: "motor")
      .replacingOccurrences(
        of: "arm=\"0.25\"",
        with: "arm=\"0.25\" rotor_links=\"motor0_link motor1_link motor2_link motor3_link\"")
    #expect(try model(text).rotors == model(drone()).rotors)
  }

  @Test("surfaces have the friction and restitution of the file")
  func surface() throws {
    let contact = """
      <contact><lateral_friction value="0.9"/><restitution value="0.7"/><stiffness value="3"/></contact>
      """
    let model = try model(drone(base: inertial(1, 0.01) + box + contact))
    #expect(model.friction == 0.9 && model.restitution == 0.7)
    #expect(try self.model(drone()).friction == 0.5)
  }

  @Test("what URDF does not know is passed over, with one note")
  func notes() throws {
    let folder = try TemporaryFolder()
    let text = drone(extra: "<battery_pack cells=\"4\"/><gazebo><odd/></gazebo>")
      .replacingOccurrences(of: "<mass value", with: "<mass unit=\"kg\" value")
    let url = URL(fileURLWithPath: try folder.write(text, to: "a.urdf"))
    var notes: [String] = []
    let model = try QuadcopterModel(contentsOf: url) { notes.append($0) }
    #expect(model.mass == 1)
    try #require(notes.count == 1)
    #expect(
      notes[0].hasSuffix(
        "a.urdf:4: the attribute \"unit\" of <mass> and 1 more: not known, and passed over"),
      "\(notes[0])")
  }

  /// Of bytes beyond ASCII Foundation's parser made an end of the process.
  @Test(
    "bytes that are no UTF-8 are refused with their line, those of Latin-1 are read if declared")
  func encodings() throws {
    let folder = try TemporaryFolder()
    func load(_ declaration: String) throws -> QuadcopterModel {
      var bytes = Data((declaration + "\n<!-- f").utf8)
      bytes.append(0xFC)
      bytes.append(Data(("r -->\n" + drone()).utf8))
      return try QuadcopterModel(
        contentsOf: URL(fileURLWithPath: folder.write(bytes, to: "a.urdf")))
    }
    #expect(try load("<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>").mass == 1)
    for (declaration, message) in [
      ("<?xml version=\"1.0\"?>", ":2: the byte 0xfc is no UTF-8"), ("", ":2: the byte 0xfc"),
      ("<?xml version='1.0' encoding='KOI8-R'?>", ":1: encoding=\"KOI8-R\"; expected UTF-8"),
    ] {
      let error = #expect(throws: ModelError.self) { try load(declaration) }
      #expect(error?.description.contains(message) == true, "\(error?.description ?? "")")
    }
  }

  @Test("meshes of packages are found around the file and in given folders; a drone's is its hull")
  func packages() throws {
    let folder = try TemporaryFolder()
    let root = URL(fileURLWithPath: folder.path)
    for name in ["quad/urdf", "quad/meshes", "other/parts/meshes"] {
      try FileManager.default.createDirectory(
        at: root.appendingPathComponent(name), withIntermediateDirectories: true)
    }
    let tetrahedron = "v 0 0 0\nv 1 0 0\nv 0 1 0\nv 0 0 1\nf 1 2 3\nf 1 2 4\nf 1 3 4\nf 2 3 4\n"
    _ = try folder.write(tetrahedron, to: "quad/meshes/body.obj")
    _ = try folder.write(tetrahedron, to: "other/parts/meshes/body.obj")
    func load(_ name: String, packages: [URL] = []) throws -> QuadcopterModel {
      let mesh = "<collision><geometry><mesh filename=\"\(name)\"/></geometry></collision>"
      let text = drone(base: inertial(1, 0.01) + mesh)
      let url = URL(fileURLWithPath: try folder.write(text, to: "quad/urdf/a.urdf"))
      return try QuadcopterModel(contentsOf: url, packages: packages)
    }
    let hull = Shape.convexHull(
      points: [Vector(0, 0, 0), Vector(1, 0, 0), Vector(0, 1, 0), Vector(0, 0, 1)])
    let given = root.appendingPathComponent("other")
    #expect(try load("package://quad/meshes/body.obj").collisionShape == hull)
    #expect(
      try load("package://parts/meshes/body.obj", packages: [given]).collisionShape == hull)
    #expect(
      try load("file://\(folder.path)/quad/meshes/body.obj").collisionShape == hull)
    for (name, message) in [
      ("package://parts/meshes/body.obj", "no folder has the package \"parts\""),
      ("http://a/b.obj", "expected a path, package:// or file://"),
    ] {
      let error = #expect(throws: ModelError.self) { try load(name) }
      #expect(error?.description.contains(message) == true, "\(error?.description ?? "")")
    }
  }
}
