import Drone
import Foundation
import SpatialMath
import Testing

struct BatteryTests {
  private let battery = Battery<Double>(
    capacity: 900, resistance: 0.15, fullVoltage: 4.2, emptyVoltage: 3, baseSpeed: 3000,
    speedPerVolt: 6000, efficiency: 0.6)

  @Test("without load it has its open-circuit voltage, from full to empty in a straight line")
  func open() {
    #expect(battery.voltage(power: 0, drawn: 0) == 4.2)
    #expect(abs(battery.voltage(power: 0, drawn: 450) - 3.6) < 1e-12)
    #expect(abs(battery.voltage(power: 0, drawn: 900) - 3) < 1e-12)
  }

  @Test(
    "under load the voltage is what the current through the resistance leaves",
    arguments: [1, 5, 20.0])
  func loaded(power: Double) {
    let voltage = battery.voltage(power: power, drawn: 100)
    let open = battery.openVoltage(drawn: 100)
    #expect(abs(voltage - (open - 0.15 * power / voltage)) < 1e-12)
    #expect(voltage < open)
  }

  @Test("asked for more than it has it gives the most that it can, and stays finite")
  func overload() {
    #expect(battery.voltage(power: 1e6, drawn: 0) == 2.1)
  }

  @Test("lets rotors turn as fast as its voltage")
  func speeds() {
    #expect(battery.highestSpeed(voltage: 4, drawn: 0) == 27_000)
    #expect(battery.highestSpeed(voltage: 4, drawn: 899) == 27_000)
  }

  @Test("beyond its capacity the voltage falls to nothing over 3.6 %, and rotors slow down with it")
  func empty() {
    func speed(_ drawn: Double) -> Double {
      battery.highestSpeed(voltage: battery.voltage(power: 0, drawn: drawn), drawn: drawn)
    }
    // Halfway down the reserve: half the voltage, and half of all that a rotor had when it began.
    #expect(abs(battery.openVoltage(drawn: 900 * 1.018) - 1.5) < 1e-9)
    #expect(speed(900) == 21_000 && abs(speed(900 * 1.018) - 10_500) < 1e-6)
    #expect(speed(1e9) < 25)
    // Nowhere does it jump: a thousandth of the capacity takes no more than a share of 1 / 36.
    for drawn in stride(from: 890.0, to: 940, by: 0.9) {
      let fall = speed(drawn) - speed(drawn + 0.9)
      #expect(fall >= 0 && fall < 21_000 / 35)
    }
    // Whatever is asked of what is left, it stays finite.
    let voltage = battery.voltage(power: 1e6, drawn: 1e9)
    #expect(voltage > 0 && (1e6 / voltage).isFinite)
  }

  @Test("a file's battery is read, and a bad one refused with its line")
  func file() throws {
    func urdf(_ battery: String) throws -> QuadcopterModel {
      let url = ModelCatalogue.standard.folders[0].appendingPathComponent("cf2x.urdf")
      let text = try String(contentsOf: url, encoding: .utf8)
      return try QuadcopterModel(
        urdf: text.replacing("</robot>", with: battery + "</robot>"), named: "test")
    }
    let numbers = """
      resistance="0.15" full_voltage="4.2" empty_voltage="3" base_speed="3000" \
      speed_per_volt="6000" efficiency="0.6"/>
      """
    #expect(try urdf("<swiftlet:battery capacity=\"0.25\" \(numbers)").battery == battery)
    #expect {
      try urdf("<swiftlet:battery capacity=\"0\" \(numbers)")
    } throws: { "\($0)".contains("capacity=\"0.0\"; expected above 0 A·h") }
    #expect {
      try urdf("<swiftlet:battery \(numbers)")
    } throws: { "\($0)".contains("has no attribute \"capacity\"") }
  }
}
