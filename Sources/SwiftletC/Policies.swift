public import CSwiftlet
import Foundation
import Gym
import Learning
import Training

/// A policy that acts for any number of rows.
final class Policies: Held {
  /// The policy.
  let policy: Policy
  private var player: PolicyPlayer

  override class var kind: String { "handle of a policy" }

  init(_ policy: Policy) throws {
    self.policy = policy
    player = try PolicyPlayer(policy, agentCount: policy.networkCount)
  }

  /// Writes the likeliest action of each row.
  @unsafe
  func act(
    on observations: UnsafePointer<Float>, rows: Int, into actions: UnsafeMutablePointer<Float>
  ) throws {
    if player.agentCount != rows { player = try PolicyPlayer(policy, agentCount: rows) }
    let count = rows * policy.observationSpace.count
    for index in 0..<count where unsafe !observations[index].isFinite {
      let width = policy.observationSpace.count
      throw Failure.argument(
        "the observation in row \(index / width), column \(index % width) is not finite")
    }
    // Lengths as the header asks for them.
    let seen = unsafe Span(_unsafeStart: observations, count: count)
    var done = unsafe MutableSpan(
      _unsafeStart: actions, count: rows * policy.actionSpace.count)
    player.act(on: seen, into: &done)
  }
}

/// What is told of a policy.
private struct PolicyDescription: Encodable {
  let observationCount, actionCount, networkCount: Int
  let metadata: [String: String]

  init(_ policy: Policy) {
    (observationCount, actionCount) = (policy.observationSpace.count, policy.actionSpace.count)
    (networkCount, metadata) = (policy.networkCount, policy.metadata)
  }
}

/// Reads a policy.
@c @implementation
public func swiftlet_policy_load(
  _ name: UnsafePointer<CChar>!, _ policy: UnsafeMutablePointer<swiftlet_handle>!
) -> swiftlet_status {
  status {
    let handle = unsafe try require(policy, "policy")
    let loaded = try TrainedPolicy.load(unsafe text(name, "name"))
    unsafe handle.pointee = Handles.shared.add(try Policies(loaded))
  }
}

/// All about a policy, as JSON.
@c @implementation
public func swiftlet_policy_description(
  _ policy: swiftlet_handle, _ buffer: UnsafeMutablePointer<CChar>!, _ capacity: Int,
  _ length: UnsafeMutablePointer<Int>!
) -> swiftlet_status {
  status {
    let words = try Handles.shared.with(policy, Policies.self) {
      try json(PolicyDescription($0.policy))
    }
    unsafe try write(words, to: buffer, capacity: capacity, length: length)
  }
}

/// Writes the likeliest action of each row of observations.
@c @implementation
public func swiftlet_policy_act(
  _ policy: swiftlet_handle, _ observations: UnsafePointer<Float>!, _ rows: Int32,
  _ actions: UnsafeMutablePointer<Float>!
) -> swiftlet_status {
  status {
    guard let observations = unsafe observations else { throw Failure.null("observations") }
    let actions = unsafe try require(actions, "actions")
    guard 1...1_000_000 ~= rows else {
      throw Failure.argument("rows is \(rows); expected 1 to 1000000")
    }
    try Handles.shared.with(policy, Policies.self) { held in
      unsafe try held.act(on: observations, rows: Int(rows), into: actions)
    }
  }
}

/// Writes a policy to a file.
@c @implementation
public func swiftlet_policy_write(
  _ policy: swiftlet_handle, _ path: UnsafePointer<CChar>!
) -> swiftlet_status {
  status {
    let path = unsafe try text(path, "path")
    try Handles.shared.with(policy, Policies.self) { held in
      if PolicyExport.Format.allCases.contains(where: { path.hasSuffix(".\($0)") }) {
        try PolicyExport(held.policy, to: path).write()
      } else {
        try held.policy.write(to: path)
      }
    }
  }
}

/// Writes a policy to a file, as it is asked for, and says what was written.
@c @implementation
public func swiftlet_policy_export(
  _ policy: swiftlet_handle, _ path: UnsafePointer<CChar>!, _ options: UnsafePointer<CChar>!,
  _ buffer: UnsafeMutablePointer<CChar>!, _ capacity: Int, _ length: UnsafeMutablePointer<Int>!
) -> swiftlet_status {
  status {
    let path = unsafe try text(path, "path")
    let wishes = try ExportWishes(unsafe options == nil ? "{}" : unsafe text(options, "options"))
    let words = try Handles.shared.with(policy, Policies.self) { held in
      let export = try PolicyExport(
        held.policy, to: path, network: wishes.network, weights: wishes.weights, name: wishes.name)
      return try json(try export.write())
    }
    unsafe try write(words, to: buffer, capacity: capacity, length: length)
  }
}

/// What is asked for of a policy's file.
private struct ExportWishes {
  private(set) var network: Int?
  private(set) var weights = CSource.Weights.float
  private(set) var name: String?

  init(_ text: String) throws {
    let object = try? JSONSerialization.jsonObject(with: Data(text.utf8))
    guard let values = object as? [String: Any] else {
      throw Failure.argument("options is not a JSON object such as {\"weights\": \"int8\"}")
    }
    for (key, value) in values.sorted(by: { $0.key < $1.key }) {
      switch (key, value) {
      case ("network", let number as Int): network = number
      case ("weights", let word as String):
        guard let known = CSource.Weights(rawValue: word) else {
          throw Failure.argument("weights is '\(word)'; expected 'float' or 'int8'")
        }
        weights = known
      case ("name", let word as String): name = word
      case ("network", _), ("weights", _), ("name", _):
        let kind = key == "network" ? "whole number" : "text"
        throw Failure.argument("\(key) is \(value); expected a \(kind)")
      default:
        throw Failure.argument(unknown("option", key, among: ["name", "network", "weights"]))
      }
    }
  }
}
