import Parameters
import Configuration
import Testing

struct SettingTests {
  private static let yaml = """
    name: three
    physics: { preset: accurate }
    drones:
    - { model: cf2x, at: 1 }
    - { model: cf2x, at: 2 }
    empty: []
    """

  private static func schema(_ map: inout MappingReader) -> String {
    let name = map.string("name")
    let preset = map.mapping("physics") { $0.word("preset", among: ["accurate", "gpd"]) }
    let drones = map.list("drones") {
      $0.mapping { "\($0.string("model"))@\($0.number("at", in: .positive, unit: "m"))" }
    }
    let radius = map.mapping("circle") { $0.number("radius", default: 0) }
    _ = map.list("empty") { $0.string() }
    return "\(name) \(preset) \(drones.joined(separator: " ")) \(radius)"
  }

  @Test(
    "replace what the file says",
    arguments: [
      ([], "three accurate cf2x@1.0 cf2x@2.0 0.0"),
      (["name=two"], "two accurate cf2x@1.0 cf2x@2.0 0.0"),
      (["name=a=b"], "a=b accurate cf2x@1.0 cf2x@2.0 0.0"),
      (["physics.preset=gpd"], "three gpd cf2x@1.0 cf2x@2.0 0.0"),
      (["drones[1].model=racer"], "three accurate cf2x@1.0 racer@2.0 0.0"),
      (["drones[*].model=racer", "drones[0].at=9"], "three accurate racer@9.0 racer@2.0 0.0"),
      (["drones[0]={model: x, at: 4}"], "three accurate x@4.0 cf2x@2.0 0.0"),
      (["drones=[]"], "three accurate  0.0"),
      (["circle.radius=3"], "three accurate cf2x@1.0 cf2x@2.0 3.0"),
    ])
  func replaceWhatTheFileSays(settings: [String], scenario: String) throws {
    #expect(try read(Self.yaml, settings: settings, Self.schema) == scenario)
  }

  @Test(
    "are refused where they lead nowhere",
    arguments: [
      (
        "physics.prest=gpd",
        "physics.prest: unknown key; expected preset"
      ),
      (
        "phisics.preset=gpd",
        "phisics: unknown key; expected one of name, physics, drones, circle, empty"
      ),
      (
        "physics.preset=acurate",
        "physics.preset: acurate is unknown; expected one of accurate, gpd; "
          + "did you mean \"accurate\"?"
      ),
      ("circle.radios=1", "circle.radios: unknown key; did you mean \"radius\"?"),
      ("drones[*].at=-1", "drones[0].at: -1 is out of range; expected a positive number of m"),
      ("drones[2].at=1", "drones[2]: there is no such element; expected 0 to 1"),
      (
        "empty[0]=1", "empty[0]: there is no such element; expected no index: the list is empty"
      ),
      ("ghosts[0]=1", "ghosts: there is no such list in the file"),
      ("name[0]=1", "name: three is not a list"),
      ("name.first=1", "name: three has no keys to set"),
      ("name=", "name: has no value; expected a text"),
      ("name=[", "is not YAML: while parsing a flow node, did not find expected node content"),
    ])
  func areRefusedWhereTheyLeadNowhere(setting: String, complaint: String) {
    let lines = complaints(about: Self.yaml, settings: [setting]) { _ = Self.schema(&$0) }
    #expect(lines.split(separator: "\n").first ?? "" == "--set \(setting): \(complaint)")
  }

  @Test(
    "are refused where they cannot be read",
    arguments: [
      "=1", ".a=1", "a.=1", "a..b=1", "a[=1", "a[]=1", "a[-1]=1", "a[x]=1", "a]=1", "a[1]b=1",
      "[0]=1", "a[99999999999999999999]=1",
    ])
  func areRefusedWhereTheyCannotBeRead(setting: String) {
    let path = setting.dropLast(2)
    #expect(
      complaints(about: Self.yaml, settings: [setting])
        == "--set \(setting): \"\(path)\" is not a key path; "
        + "expected key.path=value, such as duration=5 or drones[0].model=cf2x")
  }

  @Test("need a value, and an end")
  func needAValue() {
    #expect(
      complaints(about: Self.yaml, settings: ["duration"])
        == "--set duration: has no \"=\"; "
        + "expected key.path=value, such as duration=5 or drones[0].model=cf2x")
    let deep = String(repeating: "a.", count: 100_000) + "a=1"
    #expect(complaints(about: Self.yaml, settings: [deep]).contains("is not a key path"))
  }
}
