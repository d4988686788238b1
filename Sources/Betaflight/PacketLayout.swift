/// What a version of the firmware takes packets for; everything else here is said as 4.6 takes it.
enum PacketLayout: Sendable {
  /// 4.0 to 4.6, and 2025.12.
  case until2025
  /// From 2026.6 on, as it is built by default (`ENABLE_GAZEBO_BRIDGE`): the rate about the vertical has the other
  /// sign, places are degrees of longitude and latitude, and motors stand in their own order, which begins at the
  /// back right. The firmware estimates its attitude by itself.
  case since2026

  /// One degree of a meridian of a sphere with the Earth's equatorial radius (WGS 84). [m]
  private static let degree = 6_378_137 * Double.pi / 180

  /// The layout of the version that the command line has named, such as "Betaflight / SITL (SITL) 4.6.0".
  init(naming answer: String) {
    let year = answer.firstMatch(of: /\(SITL\) (\d+)\./).flatMap { Int($0.1) }
    self = (year ?? 0) >= 2026 ? .since2026 : .until2025
  }

  /// The numbers of a state.
  func numbers(_ numbers: [Double]) -> [Double] {
    guard self == .since2026 else { return numbers }
    var numbers = numbers
    numbers[2].negate()
    for place in [13, 14] { numbers[place] /= Self.degree }
    return numbers
  }

  /// What the motors are told, in the order of 4.6. [–]
  func motors(_ shares: [Double]) -> [Double] {
    self == .since2026 ? Array(shares[1...]) + shares[..<1] : shares
  }
}
