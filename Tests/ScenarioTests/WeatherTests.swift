import Control
import Foundation
import Recording
import Scenario
import SpatialMath
import TestSupport
import Testing

/// Wind, sensors and the newer references, from the file to the flight.
struct WeatherTests {
  private static let scenario = """
    version: 1
    duration: 1
    wind:
      mean: [1, 0.5, 0]
      gusts: [{ peak: [0, 3, 0], start: 0.2, duration: 0.5 }]
      turbulence: { intensity: 0.8, height: 3 }
    drones:
      - model: cf2x_L250
        at: [0, 0, 1]
        controller: geometric
        sensors:
          imu: { gyro_bias: 0.01 }
          motion_capture: { delay: 0.01, dropout: 0.1, rate: 100 }
          range: {}
        reference: { lemniscate: { radius: 0.5, period: 4 } }
      - { model: hummingbird, at: [3, 0, 1] }

    """

  private func flown(_ scenario: String) throws -> Data {
    let folder = try TemporaryFolder()
    let file = try fly(scenario, in: folder)
    return try Data(contentsOf: URL(fileURLWithPath: file))
  }

  @Test("with wind and noise on the same seed gives the same file, another one another")
  func seeds() throws {
    let flight = try flown(Self.scenario)
    #expect(try flown(Self.scenario) == flight)
    #expect(try flown(Self.scenario + "seed: 1\n") != flight)
  }

  @Test("wind and sensors stand in the metadata as they were resolved")
  func metadata() throws {
    let folder = try TemporaryFolder()
    _ = try fly(Self.scenario, in: folder)
    let url = folder.url.appendingPathComponent("run/metadata.json")
    let object = try JSONSerialization.jsonObject(with: Data(contentsOf: url)) as? [String: Any]
    let scenario = try #require(object?["scenario"] as? [String: Any])
    let wind = try #require(scenario["wind"] as? [String: Any])
    let turbulence = try #require(wind["turbulence"] as? [String: Any])
    // Carried by the mean wind of √1.25 m/s; 3 m are below the standard's 10 ft.
    #expect(turbulence["airspeed"] as? Double == 1.25.squareRoot())
    #expect((turbulence["length"] as? [Double])?.last == 3.048)
    let drone = try #require((scenario["drones"] as? [[String: Any]])?.first)
    let sensors = try #require(drone["sensors"] as? [String: [String: Double]])
    #expect(sensors["imu"]?["gyro_bias"] == 0.01 && sensors["range"]?["maximum"] == 4)
    #expect(sensors["motion_capture"]?["rate"] == 100)
  }

  static let faults: [(String, String, String)] = [
    ("mean: [1, 0.5, 0]", "mean: [1, 0.5]", "wind.mean"),
    ("intensity: 0.8", "intensity: -1", "wind.turbulence.intensity"),
    ("duration: 0.5 }", "duration: 0 }", "wind.gusts[0].duration"),
    ("dropout: 0.1", "dropout: 2", "drones[0].sensors.motion_capture.dropout"),
    ("gyro_bias", "gyro_bais", "did you mean \"gyro_bias\""),
    ("lemniscate:", "lemniskate:", "did you mean \"lemniscate\""),
    ("radius: 0.5", "radius: 0", "drones[0].reference.lemniscate.radius"),
  ]

  @Test("a fault is named with its key", arguments: faults.indices)
  func namesFaults(index: Int) throws {
    let (part, replacement, message) = Self.faults[index]
    let folder = try TemporaryFolder()
    let text = Self.scenario.replacing(part, with: replacement)
    let file = try folder.write(text, to: "bad.yaml")
    #expect {
      try FlightSpecification(contentsOf: file)
    } throws: { "\($0)".contains(message) }
  }

  static let curves = [
    "lemniscate: { radius: 0.5, period: 4, phase: 1 }",
    "helix: { radius: 0.5, height: 1, laps: 2, period: 4 }",
    "lissajous: { amplitude: [1, 1, 0.2], frequency: [3, 2, 1], phase: [1, 0, 2], period: 9 }",
    "minimum_snap: { points: [[1, 2, 3], [2, 2, 3], [2, 3, 3]], speed: 1 }",
  ]

  @Test("a curve without a centre begins where the drone does", arguments: curves)
  func begins(curve: String) throws {
    let folder = try TemporaryFolder()
    let file = try folder.write(
      "version: 1\ndrones: [{ at: [1, 2, 3], reference: { \(curve) } }]\n", to: "curve.yaml")
    let drone = try FlightSpecification(contentsOf: file).drones[0]
    let start = try #require(drone.path).setpoint(at: 0).position
    #expect((start - Vector(1, 2, 3)).norm < 1e-12)
    #expect(drone.slowdown == 1)
  }

  @Test("a reference that is too fast is slowed down where that is asked for")
  func slowsDown() throws {
    let folder = try TemporaryFolder()
    let file = try folder.write(
      """
      version: 1
      drones:
        - at: [0, 0, 1]
          keep_within_limits: true
          reference: { circle: { radius: 3, period: 1 } }

      """, to: "fast.yaml")
    #expect(try FlightSpecification(contentsOf: file).drones[0].slowdown > 2)
  }
}
