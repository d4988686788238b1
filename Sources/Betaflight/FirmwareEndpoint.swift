/// Where a firmware is reached, and where it sends its motors.
package struct FirmwareEndpoint: Sendable, Equatable {
  /// The ports that are fixed when the firmware is built.
  package struct Ports: Sendable, Equatable {
    /// Where we hear what the motors are told; 0 for any that is free.
    package var motors: UInt16
    /// Where the firmware takes states.
    package var states: UInt16
    /// Where the firmware takes sticks.
    package var sticks: UInt16

    /// Some ports; by default those of Betaflight.
    package init(motors: UInt16 = 9002, states: UInt16 = 9003, sticks: UInt16 = 9004) {
      (self.motors, self.states, self.sticks) = (motors, states, sticks)
    }
  }

  /// The IPv4 address of the firmware.
  package var address: String
  /// The IPv4 address of this machine that the firmware sends motors to.
  package var listen: String
  /// The ports.
  package var ports: Ports

  /// A place, by default this machine's own.
  package init(
    address: String = "127.0.0.1", listen: String = "127.0.0.1", ports: Ports = Ports()
  ) {
    (self.address, self.listen, self.ports) = (address, listen, ports)
  }
}
