import Drone
import Foundation
import Geometry
import SpatialMath
import Testing

struct URDFTests {
  /// A quadcopter in the words of gym-pybullet-drones' files, with one part replaced.
  private func urdf(_ part: String = "", with replacement: String = "") -> String {
    let rotors = [("0.03", "-0.03"), ("-0.03", "-0.03"), ("-0.03", "0.03"), ("0.03", "0.03")]
    let links = rotors.enumerated().map { index, place in
      """
      <link name="prop\(index)_link"><inertial><origin rpy="0 0 0" xyz="\(place.0) \(place.1) 0"/>
      <mass value="0"/><inertia ixx="0" ixy="0" ixz="0" iyy="0" iyz="0" izz="0"/></inertial></link>
      <joint name="prop\(index)_joint" type="fixed"><parent link="base_link"/>
      <child link="prop\(index)_link"/></joint>
      """
    }
    let text = """
      <?xml version="1.0" ?>
      <robot name="test">
      <properties arm="0.042" kf="3e-10" km="8e-12" thrust2weight="2" max_speed_kmh="36"
        gnd_eff_coeff="11" prop_radius="2.3e-2" drag_coeff_xy="9e-7" drag_coeff_z="10e-7"
        dw_coeff_1="2267" dw_coeff_2=".16" dw_coeff_3="-.11" />
      <link name="base_link"><inertial><origin rpy="0 0 0" xyz="0 0 0"/><mass value="0.03"/>
      <inertia ixx="1.4e-5" ixy="0.0" ixz="0.0" iyy="1.4e-5" iyz="0.0" izz="2.2e-5"/></inertial>
      <collision><origin rpy="0 0 0" xyz="0 0 0"/>
      <geometry><cylinder radius=".06" length=".025"/></geometry></collision></link>
      \(links.joined(separator: "\n"))
      </robot>
      """
    guard !part.isEmpty else { return text }
    precondition(text.contains(part), "the text has no \(part)")
    return text.replacingOccurrences(of: part, with: replacement)
  }

  @Test("a file of gym-pybullet-drones loads unchanged, spins by the usual pattern")
  func loadsPropertiesFiles() throws {
    let model = try QuadcopterModel(urdf: urdf(), named: "test")
    #expect(model.mass == 0.03 && model.inertia == Vector(1.4e-5, 1.4e-5, 2.2e-5))
    #expect(model.maximumSpeed == 10 && model.arm == 0.042)
    #expect(model.rotors.map(\.position).array[1] == Vector(-0.03, -0.03, 0))
    #expect(model.rotors.map(\.spin.yawSign).array == [-1, 1, -1, 1])
    #expect(model.collisionShape == .cylinder(radius: 0.06, height: 0.025))
  }

  @Test("rotors of other names are told beside gym-pybullet-drones' numbers")
  func namedRotors() throws {
    var text = urdf("arm=", with: "rotor_links=\"m1_link m2_link m3_link m4_link\" arm=")
    for rotor in 0..<4 {
      text = text.replacingOccurrences(of: "prop\(rotor)_link", with: "m\(rotor + 1)_link")
    }
    let usual = try QuadcopterModel(urdf: urdf(), named: "test")
    #expect(try QuadcopterModel(urdf: text, named: "test") == usual)
  }

  static let faults: [(part: String, replacement: String, message: String)] = [
    ("ixx=\"1.4e-5\"", "ixx=\"0\"", "expected all above 0"),
    ("izz=\"2.2e-5\"", "izz=\"2.9e-5\"", "breaks the triangle inequality"),
    ("mass value=\"0.03\"", "mass value=\"-1\"", "expected 0 kg or more"),
    ("mass value=\"0.03\"", "mass value=\"0\"", "expected above 0 kg"),
    ("mass value=\"0.03\"", "mass value=\"nan\"", "is not a finite number"),
    (
      "mass value=\"0.03\"", "mass value=\"1e18\"",
      "<mass> gives a mass of 1e+18 kg; expected 1e-6 kg to 1e6 kg"
    ),
    ("ixx=\"1.4e-5\"", "ixx=\"1e-18\"", "triangle"),
    ("kf=\"3e-10\"", "kg=\"3e-10\"", "has no attribute \"kf\""),
    ("kf=\"3e-10\"", "", "has no attribute \"kf\""),
    ("thrust2weight=\"2\"", "thrust2weight=\"0.9\"", "it cannot fly"),
    ("ixy=\"0.0\"", "ixy=\"2e-5\"", "expected all above 0"),
    ("<robot name=\"test\">", "<robot name=\"t\"><link name=\"prop4_link\"/>", "fifth rotor"),
    (
      "name=\"prop2_link\"", "name=\"prop9_link\"",
      "link=\"prop2_link\"; expected the name of a link"
    ),
    ("<cylinder radius=\".06\" length=\".025\"/>", "<cone/>", "has no shape we know"),
    (
      "<cylinder radius=\".06\"", "<cylinder radius=\"1e-9\"",
      "radius=\"1e-09\"; expected 1e-6 m to 1e6 m"
    ),
    (
      "<collision>", "<collision><origin xyz=\"0 2147483648 0\"/>",
      "reaches 2147483648.0612884 m from the centre of mass; expected 1e6 m at most"
    ),
    (
      "<robot name=\"test\">",
      "<robot name=\"t\" xmlns:xacro=\"x\"><xacro:include filename=\"a\"/>",
      "<xacro:include> is a macro; expected the file that the program xacro makes of this one"
    ),
    (
      "<properties ", "<visuals ",
      "says nothing of thrust; expected <swiftlet:quadcopter> with arm, max_speed, "
    ),
    ("</robot>", "", "not well-formed XML"),
    ("<robot name=\"test\">", "<robot name=\"test\"><properties/>", "has no attribute"),
  ]

  @Test("a fault is named with its line", arguments: faults.indices)
  func namesFaults(index: Int) {
    let fault = Self.faults[index]
    #expect {
      try QuadcopterModel(urdf: urdf(fault.part, with: fault.replacement), named: "bad")
    } throws: { error in
      guard let error = error as? ModelError else { return false }
      return error.line > 0 && error.description.contains(fault.message)
        && !error.description.contains("\n")
    }
  }

  @Test("noise, nothing and nesting are refused in one line")
  func refusesNoise() {
    let noise = String((0..<100_000).map { Character(UnicodeScalar(UInt8($0 % 96 + 32))) })
    let nested = String(repeating: "<a>", count: 10_000)
    for text in ["", noise, nested, "<robot", "<mobile/>"] {
      #expect {
        try QuadcopterModel(urdf: text, named: "bad")
      } throws: { error in !"\(error)".contains("\n") && "\(error)".count < 300 }
    }
  }

  @Test("a missing file is named")
  func missingFile() {
    #expect(throws: ModelError.self) {
      try QuadcopterModel(contentsOf: URL(fileURLWithPath: "/no/such/file.urdf"))
    }
  }
}
