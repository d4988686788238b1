import Foundation
import Gym
import Learning
import LiveView
import Scenario
import SwiftletAssets
import Synchronization
import TaskFiles
import Tasks
import Training

/// The policies that come with the package.
func policies(_ folder: FuzzFolder) throws -> [[UInt8]] {
  let files = try FileManager.default.contentsOfDirectory(
    at: Assets.policies, includingPropertiesForKeys: nil)
  return try files.filter { $0.pathExtension == "safetensors" }
    .sorted { $0.path < $1.path }.map { try [UInt8](Data(contentsOf: $0)) }
}

/// An environment that a checkpoint of ``checkpoints(_:)`` is of.
func smallEnvironment() throws -> TaskEnvironment<HoverTask> {
  try TaskEnvironment(HoverTask(), count: 2, autoresetMode: .sameStep)
}

/// A checkpoint of a learner that has just begun, and one after an iteration.
func checkpoints(_ folder: FuzzFolder) throws -> [[UInt8]] {
  var options = PPOOptions()
  (options.horizon, options.minibatchCount, options.hiddenSizes) = (4, 1, [4])
  options.totalSteps = 64
  var learner = try PPO(smallEnvironment(), options: options, seed: 1)
  let path = folder.path("seed.safetensors")
  var files: [[UInt8]] = []
  for _ in 0..<2 {
    try learner.writeCheckpoint(to: path)
    files.append(try [UInt8](Data(contentsOf: URL(fileURLWithPath: path))))
    try learner.iterate()
  }
  return files
}

/// Configurations of trainings: of a task of the catalogue, and of one that a file says.
func configurations(_ folder: FuzzFolder) throws -> [[UInt8]] {
  var configuration = TrainingConfiguration(task: "hover")
  let usual = configuration
  configuration.document = try TaskSpecification(named: "hover").encoded()
  (configuration.target, configuration.survivalBonus) = (100, 1)
  let encoder = JSONEncoder()
  encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
  return try [usual, configuration].map { try [UInt8](encoder.encode($0)) }
}

/// Heads of requests that the viewer answers.
let requests: [[UInt8]] = [
  ["GET / HTTP/1.1", "Host: localhost:8080"],
  [
    "GET /live HTTP/1.1", "Host: 127.0.0.1:8080", "Upgrade: websocket", "Connection: Upgrade",
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==", "Sec-WebSocket-Version: 13",
    "Origin: http://127.0.0.1:8080",
  ],
  ["POST /live?x=1 HTTP/1.0", "Host: localhost:8080", "Content-Length: 5", "Cookie: a=b; c=d"],
].map { Array($0.joined(separator: "\r\n").utf8) }

/// The bytes of what a page sends: commands, in one frame or several, pings, and the end.
let frames: [[UInt8]] = {
  let commands = [
    "{\"pause\":true}", "{\"speed\":0.5}", "{\"reset\":true}",
    "{\"push\":{\"drone\":0,\"direction\":[1,0,0]}}",
    "{\"fly\":{\"drone\":0,\"mode\":\"angle\",\"sticks\":[0.5,-1,0,1]}}", "{\"fly\":{\"drone\":0}}",
  ].map { Array($0.utf8) }
  let messages = commands.map { frame(0x81, $0) }
  let inParts =
    frame(0x01, Array(commands[1].prefix(4))) + frame(0x80, Array(commands[1].dropFirst(4)))
  let long = frame(0x82, Array(repeating: 7, count: 300))
  return messages + [
    messages.flatMap { $0 }, inParts, long,
    frame(0x89, [1, 2]) + messages[0] + frame(0x88, [3, 232]),
  ]
}()

/// A masked frame, as browsers send it.
private func frame(_ head: UInt8, _ payload: [UInt8]) -> [UInt8] {
  let mask: [UInt8] = [0x12, 0x34, 0x56, 0x78]
  let length: [UInt8] =
    payload.count < 126
    ? [0x80 | UInt8(payload.count)]
    : [0x80 | 126, UInt8(payload.count >> 8), UInt8(payload.count & 0xff)]
  return [head] + length + mask + payload.indices.map { payload[$0] ^ mask[$0 % 4] }
}

/// A live flight that never begins.
let liveFlight: LiveFlight = {
  let path = FileManager.default.temporaryDirectory
    .appendingPathComponent("swiftlet-fuzz-\(UUID().uuidString).yaml")
  defer { try? FileManager.default.removeItem(at: path) }
  do {
    try Data("version: 1\ndrones: [{ at: [0, 0, 1] }]\n".utf8).write(to: path)
    return LiveFlight(try ScenarioSource(FlightSpecification(contentsOf: path.path)))
  } catch { fatalError("the fuzzer's own flight cannot be flown: \(error)") }
}()

/// What a task gives, waited for.
func blocking<T: Sendable>(_ work: @escaping @Sendable () async -> T) -> T {
  let result = Mutex<T?>(nil)
  let done = DispatchSemaphore(value: 0)
  Task {
    let value = await work()
    result.withLock { $0 = value }
    done.signal()
  }
  done.wait()
  return result.withLock { value in
    guard let value else { preconditionFailure("a signal without a result") }
    return value
  }
}

/// Packets of each service of a Crazyflie, each behind its length.
let crazyfliePackets: [UInt8] = [
  [0xff], [0xfd, 0], [0xdd, 0], [0x5c, 3], [0x5c, 2, 1, 0], [0x2c, 3], [0x2d, 0, 0],
  [0x2e, 11, 0, 0, 0, 0, 63],
  [0x2f, 4, 14, 0], [0x4c, 2, 0], [0x4e, 0, 0, 0, 0, 0, 1, 2, 3], [0x4d, 0, 0, 0, 0, 0, 8],
  [0x5d, 6, 1, 0x77, 2, 0], [0x5d, 3, 1, 1],
  [0x8c, 7, 0, 0, 0, 128, 63, 0, 0, 0, 0, 0, 0, 0, 128, 63],
  [0x8c, 6, 1, 1, 0, 0, 0, 0, 0, 2], [0x8c, 13, 0, 1, 1, 0, 1, 0, 0, 128, 63],
  [0x7c, 7, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 128, 63, 0, 0, 0, 0],
  [0x3c, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
  [0x7d, 0, 0, 0, 0, 0], [0x6d, 4], [0x9c, 12], [0x9d, 1, 1],
].flatMap { [UInt8($0.count)] + $0 }

/// A packet of ArduPilot with 16 or 32 servos.
func servos(_ count: Int) -> [UInt8] {
  (count == 16 ? [0x1a, 0x48] : [0x81, 0x73]) + [0xb0, 4, 7, 0, 0, 0]
    + Array(repeating: [0xdc, 5], count: count).flatMap { $0 }
}
