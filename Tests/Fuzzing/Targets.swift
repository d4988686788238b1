import ArduPilot
import Configuration
import Crazyflie
import Drone
import FlyingFox
import Foundation
import Geometry
import Learning
import LiveView
import Parameters
import Pictures
import Plotting
import Recording
import Scenario
import TaskFiles
import Tasks
import Training

extension FuzzTarget {
  /// All targets.
  package static let all: [FuzzTarget] = [
    .init("scenario", file: "input.yaml", hasLines: true, readScenario),
    .init("task", file: "input.yaml", hasLines: true, made: tasks, readTask),
    .init("urdf", file: "input.urdf", hasLines: true, readURDF),
    .init("csv", file: "input.csv", hasLines: true, readCSV),
    .init("obj", file: "input.obj", hasLines: true, readOBJ),
    .init("stl", file: "input.stl", hasLines: true, readSTL),
    .init("policy", file: "input.safetensors", made: policies, readPolicy),
    .init("checkpoint", file: "checkpoint.safetensors", made: checkpoints, readCheckpoint),
    .init("configuration", file: "training.json", made: configurations, readConfiguration),
    .init("http", made: { _ in requests }, readRequest),
    .init("websocket", made: { _ in frames }, readFrames),
    .init("crtp", made: { _ in [crazyfliePackets] }, readPackets),
    .init("servos", made: { _ in [servos(16), servos(32)] }, readServos),
  ]
}

private func readScenario(_ bytes: [UInt8], _ folder: FuzzFolder) -> FuzzOutcome {
  var outcome = FuzzOutcome()
  outcome.fly(scenario: folder.write(bytes, to: "input.yaml"))
  return outcome
}

private func readTask(_ bytes: [UInt8], _ folder: FuzzFolder) -> FuzzOutcome {
  var outcome = FuzzOutcome()
  outcome.play(task: folder.write(bytes, to: "input.yaml"))
  return outcome
}

private func readURDF(_ bytes: [UInt8], _ folder: FuzzFolder) -> FuzzOutcome {
  var outcome = FuzzOutcome()
  _ = folder.write(bytes, to: "input.urdf")
  outcome.fly("version: 1\ndrones: [{ model: input.urdf, at: [0, 0, 50] }]", in: folder)
  outcome.fly(
    """
    version: 1
    world: { obstacles: [{ urdf: input.urdf, at: [0, 0, -50] }] }
    drones: [{ at: [0, 0, 50] }]
    """, in: folder)
  return outcome
}

private func readCSV(_ bytes: [UInt8], _ folder: FuzzFolder) -> FuzzOutcome {
  var outcome = FuzzOutcome()
  let path = folder.write(bytes, to: "input.csv")
  outcome.fly("version: 1\ndrones: [{ reference: { csv: input.csv } }]", in: folder)
  outcome.fly(
    "version: 1\ndrones: [{ at: [0, 0, 50], controller: { replay: input.csv } }]", in: folder)
  do {
    _ = try NumberTable(contentsOf: path)
    _ = try Figure(of: [RecordedFlight(at: path)])
    outcome.isAccepted = true
  } catch { outcome.complaints.append("\(error)") }
  return outcome
}

private func readMesh(_ bytes: [UInt8], _ name: String, _ folder: FuzzFolder) -> FuzzOutcome {
  var outcome = FuzzOutcome()
  _ = folder.write(bytes, to: name)
  outcome.fly(
    """
    version: 1
    world: { obstacles: [{ mesh: { file: \(name), scale: 0.5 }, at: [0, 0, -50] }] }
    drones: [{ at: [0, 0, 50] }]
    """, in: folder)
  return outcome
}

private func readOBJ(_ bytes: [UInt8], _ folder: FuzzFolder) -> FuzzOutcome {
  readMesh(bytes, "input.obj", folder)
}

private func readSTL(_ bytes: [UInt8], _ folder: FuzzFolder) -> FuzzOutcome {
  readMesh(bytes, "input.stl", folder)
}

private func readPolicy(_ bytes: [UInt8], _ folder: FuzzFolder) -> FuzzOutcome {
  var outcome = FuzzOutcome()
  _ = folder.write(bytes, to: "input.safetensors")
  outcome.fly(
    "version: 1\ndrones: [{ at: [0, 0, 1], controller: { policy: input.safetensors } }]",
    in: folder)
  return outcome
}

private func readCheckpoint(_ bytes: [UInt8], _ folder: FuzzFolder) -> FuzzOutcome {
  var outcome = FuzzOutcome()
  let path = folder.write(bytes, to: "checkpoint.safetensors")
  do {
    var learner = try PPO.resume(from: path, smallEnvironment())
    outcome.isAccepted = true
    if learner.stepsPerIteration <= 1000 { try learner.iterate() }
  } catch LearningError.diverged {} catch { outcome.complaints.append("\(error)") }
  return outcome
}

private func readConfiguration(_ bytes: [UInt8], _ folder: FuzzFolder) -> FuzzOutcome {
  var outcome = FuzzOutcome()
  _ = folder.write(bytes, to: "training.json")
  // Only whether there is one is looked at.
  _ = folder.write([], to: "checkpoint.safetensors")
  let path = folder.path("training.json").dropLast("/training.json".count)
  do {
    let configuration = try TrainingFolder(path: String(path)).readConfiguration()
    outcome.isAccepted = true
    if let document = configuration.document {
      _ = try TaskSpecification(encoded: document, from: "training.json")
    } else if let entry = TaskCatalogue.standard[configuration.task] {
      _ = try entry.task(drones: configuration.droneCount)
    }
  } catch is TaskError {} catch let error as InvalidConfiguration {
    outcome.complaints += error.errors.map(\.description)
  } catch { outcome.complaints.append("\(error)") }
  return outcome
}

private func readRequest(_ bytes: [UInt8], _ folder: FuzzFolder) -> FuzzOutcome {
  var outcome = FuzzOutcome()
  guard let request = RequestHead.request(parsing: bytes) else { return outcome }
  let handler = ViewHandler(page: "a page", flight: liveFlight, port: 8080)
  let status = blocking { try? await handler.handleRequest(request).statusCode.code }
  outcome.isAccepted = status == 200 || status == 101
  return outcome
}

/// Reads packets, each behind a byte with its length, on board of a drone that makes a step after each.
private func readPackets(_ bytes: [UInt8], _ folder: FuzzFolder) -> FuzzOutcome {
  guard let model = try? ModelCatalogue.standard.model(named: "cf2x_L250"),
    var firmware = try? CrazyflieFirmware(
      model: model, gravity: 9.81, .init(version: "fuzzed", isLockStepped: true))
  else { return FuzzOutcome() }
  var (rest, step) = (bytes[...], 0)
  var outcome = FuzzOutcome()
  while let length = rest.popFirst(), step < 1000 {
    let datagram = Array(rest.prefix(Int(length % 34)))
    rest = rest.dropFirst(datagram.count)
    if let packet = CRTPPacket(datagram: datagram), !firmware.answers(to: packet).isEmpty {
      outcome.isAccepted = true
    }
    for _ in 0..<10 {
      let speeds = firmware.rotorSpeeds(
        for: DroneState(), at: 0.001 * Double(step), every: 0.001)
      precondition(speeds.array.allSatisfy(\.isFinite), "a rotor's speed is no number")
      step += 1
    }
    _ = firmware.reports()
  }
  return outcome
}

private func readServos(_ bytes: [UInt8], _ folder: FuzzFolder) -> FuzzOutcome {
  var outcome = FuzzOutcome()
  if let packet = ServoPacket(bytes) {
    precondition(packet.pulses.count * 2 + 8 == bytes.count, "not all bytes were read")
    outcome.isAccepted = true
  }
  return outcome
}

private func readFrames(_ bytes: [UInt8], _ folder: FuzzFolder) -> FuzzOutcome {
  var (whole, parts) = (FrameAccount(), FrameAccount())
  whole.take(bytes[...])
  let size = 1 + Int(bytes.first ?? 0) % 7
  for start in stride(from: 0, to: bytes.count, by: size) {
    parts.take(bytes[start..<min(start + size, bytes.count)])
  }
  precondition(whole == parts, "frames depend on how their bytes come in")
  return FuzzOutcome(isAccepted: whole.hasFailed == false && whole.payloads.isEmpty == false)
}

/// What came out of a client's bytes.
private struct FrameAccount: Equatable {
  var payloads: [Data] = []
  var hasFailed = false
  private var reader = WebSocketReader()

  mutating func take(_ bytes: ArraySlice<UInt8>) {
    guard !hasFailed else { return }
    reader.append(bytes)
    do throws(WebSocketFailure) {
      while let frame = try reader.next() {
        payloads.append(frame.payload)
        _ = ViewerCommand(parsing: frame.payload)
      }
    } catch { hasFailed = true }
  }

  static func == (a: Self, b: Self) -> Bool {
    a.payloads == b.payloads && a.hasFailed == b.hasFailed
  }
}
