import Foundation
import Gym

extension Policy {
  private static let kind = "swiftlet-policy"

  /// Writes the policy to a file in the safetensors format, at once: a reader sees the old one
  /// or the new one.
  ///
  /// Weights stand as `networks.0.layers.0.weight`, a row an output, and `….bias`; normalisation as
  /// `observation.mean` and `observation.scale`. Spaces and all of ``metadata`` are strings beside them.
  public func write(to path: String) throws(LearningError) {
    var file = TensorFile()
    for (index, network) in networks.enumerated() {
      for (number, layer) in network.layers.enumerated() {
        let name = "networks.\(index).layers.\(number)"
        file.tensors[name + ".weight"] = .floats(
          layer.weights, shape: [layer.outputs, layer.inputs])
        file.tensors[name + ".bias"] = .floats(layer.biases, shape: [layer.outputs])
      }
      file.tensors["networks.\(index).log_deviation"] = .floats(
        network.logDeviations, shape: [network.logDeviations.count])
    }
    for (name, values) in rows { file.tensors[name] = .floats(values, shape: [values.count]) }
    file.metadata = metadata
    file.metadata["kind"] = Self.kind
    file.metadata["version"] = "1"
    file.metadata["observation_limit"] = "\(normaliser.limit)"
    file.metadata["squashes_actions"] = "\(squashesActions)"
    file.metadata["network_count"] = "\(networks.count)"
    file.metadata["layer_count"] = "\(networks[0].layers.count)"
    try file.write(to: path)
  }

  private var rows: [(String, [Float])] {
    [
      ("observation.low", observationSpace.low), ("observation.high", observationSpace.high),
      ("observation.mean", normaliser.mean), ("observation.scale", normaliser.scale),
      ("action.low", actionSpace.low), ("action.high", actionSpace.high),
    ]
  }

  /// Reads a policy, and checks all of it.
  public init(contentsOf path: String) throws(LearningError) {
    let file = try TensorFile(contentsOf: path)
    do {
      try self.init(file)
    } catch {
      let reason = (error as? TensorFile.Fault)?.reason ?? "\(error)"
      throw .badFile(path: path, reason: reason)
    }
  }

  private init(_ file: TensorFile) throws {
    var strings = file.metadata
    func take(_ key: String) throws(TensorFile.Fault) -> String {
      guard let value = strings.removeValue(forKey: key) else {
        throw TensorFile.Fault(reason: "it does not say its '\(key)', so it is no policy")
      }
      return value
    }
    let (kind, version) = (try take("kind"), try take("version"))
    guard kind == Self.kind else { throw TensorFile.Fault(reason: "it is a \(kind), no policy") }
    guard version == "1" else {
      throw TensorFile.Fault(reason: "it is of version \(version), and only 1 is known")
    }
    guard let limit = Float(try take("observation_limit")), limit > 0, limit.isFinite,
      let squashes = Bool(try take("squashes_actions")),
      let networkCount = Int(try take("network_count")), (1...4096).contains(networkCount),
      let layerCount = Int(try take("layer_count")), (1...64).contains(layerCount)
    else { throw TensorFile.Fault(reason: "its metadata make no sense") }
    let reader = PolicyReader(file: file)
    let low = try reader.vector("observation.low", finite: false)
    let actionLow = try reader.vector("action.low")
    observationSpace = try BoxSpace(
      low: low, high: reader.vector("observation.high", count: low.count, finite: false))
    actionSpace = try BoxSpace(
      low: actionLow, high: reader.vector("action.high", count: actionLow.count))
    normaliser = Normaliser(
      mean: try reader.vector("observation.mean", count: low.count),
      scale: try reader.vector("observation.scale", count: low.count), limit: limit)
    squashesActions = squashes
    metadata = strings
    networks = try (0..<networkCount).map {
      try reader.network($0, layerCount: layerCount, inputs: low.count, outputs: actionLow.count)
    }
    guard networks.allSatisfy({ $0.sizes == networks[0].sizes }) else {
      throw TensorFile.Fault(reason: "its networks are not alike")
    }
  }
}

/// Takes arrays from a file, checked for shape and content.
private struct PolicyReader {
  let file: TensorFile

  func matrix(_ name: String, finite: Bool = true) throws(TensorFile.Fault) -> ([Float], [Int]) {
    guard case .floats(let values, let shape)? = file.tensors[name] else {
      throw TensorFile.Fault(reason: "it has no '\(name)'")
    }
    guard values.allSatisfy(finite ? \.isFinite : { !$0.isNaN }) else {
      throw TensorFile.Fault(reason: "'\(name)' holds numbers that are not finite")
    }
    return (values, shape)
  }

  func vector(
    _ name: String, count: Int? = nil, finite: Bool = true
  ) throws(TensorFile.Fault) -> [Float] {
    let (values, shape) = try matrix(name, finite: finite)
    guard shape == [count ?? values.count], !values.isEmpty else {
      throw TensorFile.Fault(reason: "'\(name)' has the shape \(shape)")
    }
    return values
  }

  func network(
    _ index: Int, layerCount: Int, inputs: Int, outputs: Int
  ) throws(TensorFile.Fault) -> Policy.Network {
    var layers: [Policy.Layer] = []
    var width = inputs
    for number in 0..<layerCount {
      let name = "networks.\(index).layers.\(number)"
      let (weights, shape) = try matrix(name + ".weight")
      guard shape.count == 2, shape[1] == width, shape[0] > 0 else {
        throw TensorFile.Fault(
          reason: "'\(name).weight' has the shape \(shape), but \(width) inputs come to it")
      }
      let biases = try vector(name + ".bias", count: shape[0])
      layers.append(
        Policy.Layer(inputs: width, outputs: shape[0], weights: weights, biases: biases))
      width = shape[0]
    }
    guard width == outputs else {
      throw TensorFile.Fault(reason: "network \(index) gives \(width) numbers, not \(outputs)")
    }
    return Policy.Network(
      layers: layers,
      logDeviations: try vector("networks.\(index).log_deviation", count: outputs))
  }
}
