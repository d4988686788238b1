import SpatialMath

/// Takes in poses from outside, and emergency stops of older clients.
enum LocalizationService {
  private enum Channel {
    static let (position, generic, packedPositions): (UInt8, UInt8, UInt8) = (0, 1, 2)
  }

  private enum Kind {
    static let (stop, watchdog, pose, packedPoses): (UInt8, UInt8, UInt8, UInt8) = (3, 4, 8, 9)
  }

  private static let millimetre = 0.001

  /// Takes in a packet; there is no answer.
  ///
  /// - Parameters:
  ///   - packet: The packet.
  ///   - firmware: The drone.
  static func take(_ packet: CRTPPacket, of firmware: inout CrazyflieFirmware) {
    var reader = ByteReader(packet.data)
    switch packet.channel {
    case Channel.position:
      guard let p = reader.floats(3) else { return }
      note(p, nil, &firmware)
    case Channel.packedPositions:
      while let id = reader.integer(UInt8.self), let p = reader.scaled(3, by: millimetre) {
        if id == firmware.identifier { note(p, nil, &firmware) }
      }
    case Channel.generic: takeGeneric(&reader, &firmware)
    default: break
    }
  }

  private static func takeGeneric(
    _ reader: inout ByteReader, _ firmware: inout CrazyflieFirmware
  ) {
    switch reader.integer(UInt8.self) {
    case Kind.stop: firmware.supervisor.stopInEmergency()
    case Kind.watchdog: firmware.supervisor.notifyWatchdog(at: firmware.time)
    case Kind.pose:
      guard let p = reader.floats(3), let q = reader.floats(4) else { return }
      let attitude = Rotation<Body, World, Double>(x: q[0], y: q[1], z: q[2], w: q[3])
      guard attitude.squaredNorm > 1e-6 else { return }
      note(p, attitude.normalized, &firmware)
    case Kind.packedPoses:
      while let id = reader.integer(UInt8.self), let p = reader.scaled(3, by: millimetre),
        let bits = reader.integer(UInt32.self)
      {
        if id == firmware.identifier { note(p, Rotation(compressed: bits), &firmware) }
      }
    default: break
    }
  }

  private static func note(
    _ p: [Double], _ attitude: Rotation<Body, World, Double>?, _ firmware: inout CrazyflieFirmware
  ) {
    firmware.measure(Vector(p[0], p[1], p[2]), attitude)
  }
}
