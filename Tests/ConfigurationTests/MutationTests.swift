import Parameters
import Randomness
import Configuration
import SpatialMath
import Testing

struct MutationTests {
  private static let yaml = """
    version: 1
    name: "three \\u00e9" # on a circle
    base: &base { model: cf2x, at: [0, 0.3, 0.1] }
    rates: { physics: 240, control: 48 }
    world:
      obstacles:
      - { box: [0.2, 0.2, 1.0], mass: 0 }
    drones:
    - *base
    - { <<: *base, controller: pid }
    - model: 'cf2p'
      controller: { replay: |
        flight.csv
      }
    """

  private static func schema(_ map: inout MappingReader) {
    _ = map.integer("version", in: 1...1) as Int
    _ = map.string("name")
    map.mapping("rates") { _ = $0.number("physics", in: .positive) }
    map.mapping("world") {
      _ = $0.list("obstacles") {
        $0.mapping {
          _ = $0.choice(among: [Choice("box") { $0.vector() as Vector<Body, Double>? }])
        }
      }
    }
    _ = map.list("drones") {
      $0.mapping { drone in
        _ = drone.word("model", among: ["cf2x", "cf2p"])
        let _: Vector<World, Double> = drone.vector("at", default: .zero)
        _ = drone.choice("controller", among: [Choice("replay") { $0.string() }])
      }
    }
  }

  /// The bytes of the scenario with a few of them replaced, removed, doubled or moved.
  private static func mutated(seed: UInt64) -> String {
    var random = SplitMix64(seed: seed)
    var bytes = Array(yaml.utf8)
    let indicators = Array("\n\t\"'[]{}:,-?*&!|>%@#<~ \0\u{e9}\\".utf8)
    for _ in 0..<Int.random(in: 1...8, using: &random) where !bytes.isEmpty {
      let index = Int.random(in: bytes.indices, using: &random)
      let end = min(bytes.count, index + Int.random(in: 1...9, using: &random))
      switch Int.random(in: 0..<4, using: &random) {
      case 0: bytes[index] = indicators[Int.random(in: indicators.indices, using: &random)]
      case 1: bytes.removeSubrange(index..<end)
      case 2: bytes.insert(contentsOf: bytes[index..<end], at: index)
      default: bytes[index] = UInt8.random(in: 0...255, using: &random)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  @Test("gives a scenario or complaints, never a crash")
  func neverCrashes() {
    for seed in 0..<4000 as Range<UInt64> {
      let lines = complaints(about: Self.mutated(seed: seed), Self.schema)
        .split(separator: "\n", omittingEmptySubsequences: false)
      let isLocated =
        lines == [""]
        || lines.allSatisfy {
          $0.hasPrefix("s.yaml:") || $0.hasPrefix("and ")
        }
      #expect(isLocated, "seed \(seed): \(lines)")
    }
  }
}
