import Foundation
import Gym
import GymAdapters
import GymTesting
import Learning
import Randomness
import TestSupport
import Testing

/// A policy that has learned a little, so that nothing in it is trivial.
func somePolicy(squashes: Bool = false, networks: PPOOptions.Networks = .shared) throws -> Policy {
  var options = PPOOptions()
  options.hiddenSizes = [17, 9]
  options.squashesActions = squashes
  options.networks = networks
  var ppo = try PPO(SyncVectorEnvironment(Corridor(), count: 16), options: options, seed: 3)
  for _ in 0..<5 { try ppo.iterate() }
  return ppo.policy(metadata: ["task": "corridor", "observation_order": "own, door, other"])
}

struct PolicyFileTests {
  @Test("what is written is read", arguments: [false, true], PPOOptions.Networks.allCases)
  func roundTrip(squashes: Bool, networks: PPOOptions.Networks) throws {
    let folder = try TemporaryFolder()
    let policy = try somePolicy(squashes: squashes, networks: networks)
    try policy.write(to: folder.path("p"))
    #expect(try Policy(contentsOf: folder.path("p")) == policy)
  }

  private func reason(_ bytes: [UInt8], in folder: TemporaryFolder) throws -> String {
    try Data(bytes).write(to: URL(fileURLWithPath: folder.path("broken")))
    do {
      _ = try Policy(contentsOf: folder.path("broken"))
      return "accepted"
    } catch {
      return "\(error)"
    }
  }

  @Test("a file that is cut off anywhere is refused")
  func cutFilesAreRefused() throws {
    let folder = try TemporaryFolder()
    try somePolicy().write(to: folder.path("p"))
    let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: folder.path("p"))))
    for length in stride(from: 0, to: bytes.count, by: 13) {
      #expect(try reason(Array(bytes[..<length]), in: folder) != "accepted", "length \(length)")
    }
    #expect(try reason(bytes + [0], in: folder).hasSuffix("something follows its last array"))
    #expect(try reason(bytes, in: folder) == "accepted")
  }

  @Test("a file with any one bit turned is refused")
  func damagedFilesAreRefused() throws {
    let folder = try TemporaryFolder()
    try somePolicy().write(to: folder.path("p"))
    let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: folder.path("p"))))
    for seed in 0..<1000 as Range<UInt64> {
      var random = SplitMix64(seed: seed)
      var damaged = bytes
      damaged[Int(random.next() % UInt64(bytes.count))] ^= 1 << UInt8(random.next() % 8)
      #expect(try reason(damaged, in: folder) != "accepted", "seed \(seed)")
    }
  }

  @Test("foreign files are refused with the reason")
  func foreignFilesAreRefused() throws {
    let folder = try TemporaryFolder()
    let text = Array("this is no policy, but a text of some length".utf8)
    #expect(
      try reason(text, in: folder).hasSuffix(
        "it is no safetensors file, or is cut off in its header"))
    var file = TensorFile()
    file.tensors["weight"] = .floats([1, 2], shape: [2])
    try file.write(to: folder.path("other"))
    let other = [UInt8](try Data(contentsOf: URL(fileURLWithPath: folder.path("other"))))
    #expect(
      try reason(other, in: folder).hasSuffix("it does not say its 'kind', so it is no policy"))
    #expect(try reason([], in: folder).hasSuffix("it has 0 bytes, no header"))
  }

  @Test("a reader of a file that is being written again sees a whole one")
  func writingIsAtomic() async throws {
    let folder = try TemporaryFolder()
    let path = folder.path("p")
    let policy = try somePolicy()
    try policy.write(to: path)
    await withTaskGroup(of: Int.self) { group in
      group.addTask { (0..<100).count { _ in (try? policy.write(to: path)) == nil } }
      group.addTask { (0..<100).count { _ in (try? Policy(contentsOf: path)) == nil } }
      for await failures in group { #expect(failures == 0) }
    }
  }
}

struct EventFileTests {
  /// The check value of CRC-32C (Iscsi), from the catalogue of parametrised algorithms.
  @Test("the checksum of '123456789' is E3069283")
  func checksumIsCastagnolis() {
    var crc = CRC32C()
    crc.add("123456789".utf8)
    #expect(crc.value == 0xe306_9283)
  }

  @Test("records have the lengths, checksums and fields that TensorBoard reads")
  func recordsAreWhole() throws {
    let folder = try TemporaryFolder()
    let path = folder.path("events.out.tfevents.1")
    var writer = try EventWriter(path: path, wallTime: 1)
    try writer.write([("rollout/ep_rew_mean", 2.5)], step: 300, wallTime: 2)
    let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
    var events: [[UInt8]] = []
    var index = 0
    while index < bytes.count {
      let length = Int(bytes[index])
      #expect(bytes[index + 1..<index + 8].allSatisfy { $0 == 0 })
      let event = Array(bytes[index + 12..<index + 12 + length])
      #expect(masked(bytes[index..<index + 8]) == Array(bytes[index + 8..<index + 12]))
      #expect(masked(event[...]) == Array(bytes[index + 12 + length..<index + 16 + length]))
      events.append(event)
      index += 16 + length
    }
    #expect(events.count == 2)
    let version: [UInt8] = [0x1a, 13] + Array("brain.Event:2".utf8)
    #expect(Array(events[0].dropFirst(9)) == version)
    let value: [UInt8] = [0x0a, 19] + Array("rollout/ep_rew_mean".utf8) + [0x15, 0, 0, 0x20, 0x40]
    let summary: [UInt8] = [0x2a, UInt8(value.count + 2), 0x0a, UInt8(value.count)] + value
    #expect(Array(events[1].dropFirst(9)) == [0x10, 0xac, 0x02] + summary)
  }

  private func masked(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
    var crc = CRC32C()
    crc.add(bytes)
    let mask = (crc.value >> 15 | crc.value << 17) &+ 0xa282_ead8
    return (0..<4).map { UInt8(truncatingIfNeeded: mask >> (8 * $0)) }
  }
}
