extension Battery where S == Double {
  /// Reads our own `<swiftlet:battery>`.
  init(_ element: LocatedElement) throws(ModelError) {
    try element.expectOnly([
      "capacity", "resistance", "full_voltage", "empty_voltage", "base_speed", "speed_per_volt",
      "efficiency",
    ])
    self.init(
      capacity: 3600 * (try element.positive("capacity", unit: "A·h")),
      resistance: try element.nonNegative("resistance", unit: "Ω"),
      fullVoltage: try element.positive("full_voltage", unit: "V"),
      emptyVoltage: try element.positive("empty_voltage", unit: "V"),
      baseSpeed: try element.number("base_speed"),
      speedPerVolt: try element.positive("speed_per_volt", unit: "rpm/V"),
      efficiency: try element.positive("efficiency", unit: "(no unit)"))
    guard emptyVoltage <= fullVoltage, efficiency <= 1 else {
      throw element.error(
        "is none that there is; expected empty_voltage not above full_voltage, efficiency up to 1")
    }
  }
}
