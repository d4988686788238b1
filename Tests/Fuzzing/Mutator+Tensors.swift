import Learning
import Randomness

extension Mutator {
  /// A file of arrays with a change in an array or a string, and a checksum that is right again.
  ///
  /// - Returns: The file, or `nil` where the input is none.
  func mutatedTensors(of input: [UInt8], _ random: inout SplitMix64) -> [UInt8]? {
    guard var file = try? TensorFile(input) else { return nil }
    for _ in 0..<Int.random(in: 1...2, using: &random) {
      if Bool.random(using: &random) {
        changeString(&file, &random)
      } else {
        changeTensor(&file, &random)
      }
    }
    return try? file.encoded()
  }

  private func changeString(_ file: inout TensorFile, _ random: inout SplitMix64) {
    guard let key = file.metadata.keys.sorted().randomElement(using: &random) else { return }
    var text = Array((file.metadata[key] ?? "").utf8)
    change(&text, &random)
    file.metadata[key] =
      Int.random(in: 0..<8, using: &random) == 0
      ? nil : String(decoding: text, as: UTF8.self)
  }

  private func changeTensor(_ file: inout TensorFile, _ random: inout SplitMix64) {
    let names = file.tensors.keys.sorted()
    guard let name = names.randomElement(using: &random), let tensor = file.tensors[name] else {
      return
    }
    switch tensor {
    case .bytes(var bytes):
      change(&bytes, &random)
      file.tensors[name] = .bytes(bytes)
    case .floats(var values, var shape):
      if let place = values.indices.randomElement(using: &random) {
        values[place] = Self.floats.randomElement(using: &random) ?? 0
      }
      switch Int.random(in: 0..<8, using: &random) {
      case 0: file.tensors[name] = nil
      case 1: file.tensors[names.randomElement(using: &random) ?? name] = tensor
      case 2: (values, shape) = (Array(values.dropLast()), [max(0, values.count - 1)])
      case 3: shape = [1] + shape
      case 4: shape.reverse()
      default: break
      }
      if file.tensors[name] != nil { file.tensors[name] = .floats(values, shape: shape) }
    }
  }

  private static let floats: [Float] = [
    0, -0, 1, -1, .leastNonzeroMagnitude, 1e30, 3.4e38, -3.4e38, .infinity, -.infinity, .nan, 1e10,
  ]
}
