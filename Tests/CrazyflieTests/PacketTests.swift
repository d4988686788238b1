import SpatialMath
import Testing

import Crazyflie

/// Packets, and the numbers in them.
struct PacketTests {
  @Test func aPacketIsItsHeaderAndItsData() throws {
    let packet = CRTPPacket(.log, channel: 2, [7, 8])
    #expect(packet.datagram == [0x5e, 7, 8])
    #expect(CRTPPacket(datagram: packet.datagram) == packet)
    // Clients leave the bits between port and channel as they like.
    #expect(CRTPPacket(datagram: [0x52, 7, 8]) == packet)
    #expect(CRTPPacket(datagram: []) == nil)
    #expect(CRTPPacket(datagram: Array(repeating: 0, count: 32)) == nil)
    let null = try #require(CRTPPacket(datagram: [0xff]))
    #expect(null.isNull && CRTPPacket.null.datagram == [0xff])
  }

  @Test(arguments: [
    (CRTPNumber.uint8, 300.0, [255]), (.uint8, -2, [0]), (.int8, -2, [254]),
    (.uint16, 4660, [0x34, 0x12]), (.int16, -1.9, [255, 255]),
    (.int32, 1e20, [255, 255, 255, 127]),
    (.float, 1, [0, 0, 128, 63]), (.half, 1, [0, 60]), (.uint32, .nan, [0, 0, 0, 0]),
  ])
  func numbersAreTheNearestThatTheirTypeHolds(type: CRTPNumber, number: Double, bytes: [UInt8]) {
    #expect(type.bytes(of: number) == bytes)
  }

  @Test func whatIsNoNumberIsNotRead() {
    #expect(CRTPNumber.float.number(in: [0, 0, 192, 127]) == nil)
    #expect(CRTPNumber.float.number(in: [0, 0, 128]) == nil)
    #expect(CRTPNumber.half.number(in: [0, 124]) == nil)
    #expect(CRTPNumber.int16.number(in: [254, 255, 9]) == -2)
  }

  @Test func rotationsComeBackFromTheirBits() {
    for (roll, pitch, yaw) in [(0.3, -1.2, 2.5), (-3, 0.1, 0), (0, 0, 0)] {
      let q = Rotation<Body, World, Double>(RollPitchYaw(roll: roll, pitch: pitch, yaw: yaw))
      let back = Rotation<Body, World, Double>(compressed: q.compressed)
      let parts = [q.x * back.x, q.y * back.y, q.z * back.z, q.w * back.w]
      // Half of the last of nine bits in three parts.
      #expect(abs(parts.reduce(0, +)) > 1 - 2e-6)
    }
  }

  @Test func everyNameFitsIntoItsPacketAndIsThereOnce() throws {
    // That of IEEE 802.3 for the digits 1 to 9.
    #expect(TableOfContents.crc32(Array("123456789".utf8)) == 0xcbf4_3926)
    for (table, count) in [
      (LogService.contents, LogVariable.all.count),
      (ParameterService.contents, FirmwareParameter.all.count),
    ] {
      #expect(table.entries.count == count && count > 20)
      #expect(Set(table.entries.map { "\($0.group).\($0.name)" }).count == count)
      let longest = try #require(table.entries.map { $0.group.count + $0.name.count }.max())
      #expect(4 + longest + 2 <= CRTPPacket.longestData)
      #expect(table.answer(to: [2, UInt8(count), 0])?.data == [2])
    }
  }
}
