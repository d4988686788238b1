import Files
import Gym

extension Policy {
  /// Writes one of the networks as an ONNX model, whose likeliest actions are the policy's.
  ///
  /// The input `observation` has a row an agent, as the environment gives it; the output `action` has a
  /// row an agent within the bounds. Normalisation and bounds are part of the model.
  ///
  /// - Parameters:
  ///   - path: Where the file goes.
  ///   - network: Which of the networks.
  /// - Throws: `LearningError` where it cannot be written.
  public func writeONNX(to path: String, network: Int = 0) throws(LearningError) {
    var graph = ONNXGraph()
    let name = graph.addNetwork(try self.network(numbered: network), of: self)
    let model = graph.model(
      input: ("observation", observationSpace.count), output: (name, actionSpace.count),
      metadata: metadata)
    do throws(OutputFault) { try writeWholeFile(model.span, to: path) } catch {
      throw .file(path: path, reason: "it could not be written: \(error.reason)")
    }
  }
}

/// A model as a chain of operations, in the messages of ONNX; the numbers are those of its fields.
///
/// - ONNX, "Open Neural Network Exchange Intermediate Representation",
///   [onnx.ai](https://onnx.ai/onnx/repo-docs/IR.html).
private struct ONNXGraph {
  private var nodes: [[UInt8]] = []
  private var constants: [[UInt8]] = []

  /// Adds an operation on what came before and some constants; returns its output's name.
  private mutating func add(
    _ operation: String, _ input: String, _ constants: [(values: [Float], shape: [Int])] = [],
    output: String? = nil, transposesSecond: Bool = false
  ) -> String {
    let name = output ?? "step_\(nodes.count)"
    var node = ProtobufMessage()
    node.add(1, input)
    for (values, shape) in constants { node.add(1, addConstant(values, shape)) }
    node.add(2, name)
    node.add(4, operation)
    if transposesSecond {
      node.add(5) { attribute in
        attribute.add(1, "transB")
        attribute.add(3, 1)
        attribute.add(20, 2)
      }
    }
    nodes.append(node.bytes)
    return name
  }

  private mutating func addConstant(_ values: [Float], _ shape: [Int]) -> String {
    let name = "constant_\(constants.count)"
    var tensor = ProtobufMessage()
    for side in shape { tensor.add(1, side) }
    tensor.add(2, 1)
    tensor.add(8, name)
    var bytes: [UInt8] = []
    bytes.append(values)
    tensor.add(9, bytes)
    constants.append(tensor.bytes)
    return name
  }

  mutating func addNetwork(_ network: Policy.Network, of policy: Policy) -> String {
    func row(_ values: [Float]) -> (values: [Float], shape: [Int]) { (values, [values.count]) }
    func single(_ value: Float) -> (values: [Float], shape: [Int]) { ([value], []) }
    let limit = policy.normaliser.limit
    var last = add("Sub", "observation", [row(policy.normaliser.mean)])
    last = add("Mul", last, [row(policy.normaliser.scale)])
    last = add("Clip", last, [single(-limit), single(limit)])
    for (index, layer) in network.layers.enumerated() {
      last = add(
        "Gemm", last, [(layer.weights, [layer.outputs, layer.inputs]), row(layer.biases)],
        transposesSecond: true)
      if index < network.layers.count - 1 { last = add("Tanh", last) }
    }
    last = policy.squashesActions ? add("Tanh", last) : add("Clip", last, [single(-1), single(1)])
    last = add("Mul", last, [row(policy.bounds.reach)])
    return add("Add", last, [row(policy.bounds.center)], output: "action")
  }

  func model(
    input: (String, Int), output: (String, Int), metadata: [String: String]
  ) -> [UInt8] {
    var model = ProtobufMessage()
    model.add(1, 8)
    model.add(2, "Swiftlet")
    model.add(7) { graph in
      for node in nodes { graph.add(1, node) }
      graph.add(2, "policy")
      for constant in constants { graph.add(5, constant) }
      graph.add(11) { Self.describe(input, in: &$0) }
      graph.add(12) { Self.describe(output, in: &$0) }
    }
    model.add(8) { $0.add(2, 13) }
    for (key, value) in metadata.sorted(by: { $0.key < $1.key }) {
      model.add(14) { entry in
        entry.add(1, key)
        entry.add(2, value)
      }
    }
    return model.bytes
  }

  /// Describes an array of single precision with any number of rows.
  private static func describe(_ array: (String, Int), in info: inout ProtobufMessage) {
    info.add(1, array.0)
    info.add(2) { type in
      type.add(1) { tensor in
        tensor.add(1, 1)
        tensor.add(2) { shape in
          shape.add(1) { $0.add(2, "agents") }
          shape.add(1) { $0.add(1, array.1) }
        }
      }
    }
  }
}
