extension CrazyflieMellinger {
  /// The gains of one error.
  package struct ErrorGains: Sendable {
    /// Of the error. [output/unit]
    package var proportional: Double
    /// Of its rate. [output·s/unit]
    package var derivative: Double
    /// Of its integral. [output/(unit·s)]
    package var integral: Double
    /// The most that the integral becomes. [unit·s]
    package var range: Double
  }

  /// What can be tuned of it.
  package struct Gains: Sendable {
    /// Of the position x and y. [N/m, N·s/m, N/(s·m), s·m]
    package var plane = ErrorGains(proportional: 0.4, derivative: 0.2, integral: 0.05, range: 2)
    /// Of the height. [N/m, N·s/m, N/(s·m), s·m]
    package var height = ErrorGains(
      proportional: 1.25, derivative: 0.4, integral: 0.05, range: 0.4)
    /// Of roll and pitch: K_R, K_ω and K_I. [counts]
    package var attitude = ErrorGains(
      proportional: 70_000, derivative: 20_000, integral: 0, range: 1)
    /// Of yaw: K_R, K_ω and K_I. [counts]
    package var yaw = ErrorGains(
      proportional: 60_000, derivative: 12_000, integral: 500, range: 1500)
    /// Of the slope of the rates of roll and pitch, K_D. [counts]
    package var rateDerivative = 200.0
    /// What the firmware takes for the drone's mass m. [kg]
    package var mass = 0.029
    /// The thrust of a force. [counts/N]
    package var countsPerNewton = 132_000.0

    /// Those of the firmware.
    package init() {}
  }
}
