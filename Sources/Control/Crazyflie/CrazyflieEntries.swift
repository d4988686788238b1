import Parameters

extension Parameter<Double> {
  /// The battery's voltage under load. [V]
  fileprivate static var voltage: Self {
    number("voltage", "the battery's under load", unit: "V", in: .within(1...10), default: 3.7)
  }
}

extension CrazyfliePID {
  static let entry = ControllerCatalogue.Entry(
    name: "crazyflie-pid",
    summary: "the cascaded PID of the Crazyflie's firmware, made for rates.control: 1000",
    parameters: .voltage
  ) { (model, _, voltage) throws(ControllerError) in
    try CrazyfliePID(model: model, voltage: voltage)
  }
}

extension CrazyflieMellinger {
  static let entry = ControllerCatalogue.Entry(
    name: "crazyflie-mellinger",
    summary: "the Mellinger law of the Crazyflie's firmware, made for rates.control: 1000",
    parameters: .voltage
  ) { (model, gravity, voltage) throws(ControllerError) in
    try CrazyflieMellinger(model: model, gravity: gravity, voltage: voltage)
  }
}
