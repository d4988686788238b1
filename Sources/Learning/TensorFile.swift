import Files
import Foundation

/// Named arrays and strings in a file, in the safetensors format.
///
/// A header in JSON, preceded by its length, names each array's type, shape and place. Of types, single
/// precision and bytes are read and written. A checksum over arrays and strings stands among the
/// strings, so that damage is seen that the format itself does not show.
///
/// - Hugging Face, "Safetensors", [github.com/huggingface/safetensors](https://github.com/huggingface/safetensors).
package struct TensorFile: Sendable, Hashable {
  /// An array.
  package enum Tensor: Sendable, Hashable {
    /// Numbers of single precision, and the shape they have.
    case floats([Float], shape: [Int])
    /// Bytes that mean something of their own.
    case bytes([UInt8])
  }

  package var tensors: [String: Tensor] = [:]
  package var metadata: [String: String] = [:]

  package init() {}

  private static let checksumKey = "crc32c"

  private struct Entry: Codable {
    var dtype: String
    var shape: [Int]
    var data_offsets: [Int]
  }

  private static func checksum(_ data: some Sequence<UInt8>, _ metadata: [String: String]) -> String
  {
    var crc = CRC32C()
    crc.add(data)
    for (key, value) in metadata.sorted(by: { $0.key < $1.key }) where key != checksumKey {
      crc.add(key.utf8)
      crc.add([0])
      crc.add(value.utf8)
      crc.add([0])
    }
    return String(crc.value, radix: 16)
  }

  // MARK: Writing

  /// The bytes of the file.
  package func encoded() throws -> [UInt8] {
    var data: [UInt8] = []
    var entries: [String: Entry] = [:]
    for (name, tensor) in tensors.sorted(by: { $0.key < $1.key }) {
      let start = data.count
      switch tensor {
      case .floats(let values, let shape):
        data.append(values)
        entries[name] = Entry(dtype: "F32", shape: shape, data_offsets: [start, data.count])
      case .bytes(let bytes):
        data += bytes
        entries[name] = Entry(
          dtype: "U8", shape: [bytes.count], data_offsets: [start, data.count])
      }
    }
    var strings = metadata
    strings[Self.checksumKey] = Self.checksum(data, metadata)
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    let parts = [
      "\"__metadata__\":" + String(decoding: try encoder.encode(strings), as: UTF8.self),
      String(String(decoding: try encoder.encode(entries), as: UTF8.self).dropFirst().dropLast()),
    ]
    var header = Array(("{" + parts.filter { !$0.isEmpty }.joined(separator: ",") + "}").utf8)
    while header.count % 8 != 0 { header.append(UInt8(ascii: " ")) }
    var bytes: [UInt8] = []
    bytes.append(littleEndian: UInt64(header.count))
    return bytes + header + data
  }

  /// Writes the file under its name at once: a reader sees the old one or the new one.
  package func write(to path: String) throws(LearningError) {
    do {
      let bytes = try encoded()
      guard bytes.count <= InputLimits.tensorBytes else {
        throw LearningError.file(
          path: path, reason: "it would be larger than \(InputLimits.tensorBytes.asFileSize)")
      }
      try writeWholeFile(bytes.span, to: path)
    } catch let error as LearningError {
      throw error
    } catch let fault as OutputFault {
      throw .file(path: path, reason: "it could not be written: \(fault.reason)")
    } catch {
      throw .file(path: path, reason: "it could not be written: \(error.localizedDescription)")
    }
  }

  // MARK: Reading

  /// Reads a file, and checks all of it.
  package init(contentsOf path: String) throws(LearningError) {
    let bytes: [UInt8]
    do throws(FileFault) {
      bytes = try contents(ofFile: path, atMost: InputLimits.tensorBytes)
    } catch { throw .badFile(path: path, reason: error.description) }
    do throws(Fault) {
      try self.init(bytes)
    } catch {
      throw .badFile(path: path, reason: error.reason)
    }
  }

  /// What is wrong with the bytes of a file.
  package struct Fault: Error { let reason: String }

  package init(_ bytes: [UInt8]) throws(Fault) {
    guard bytes.count >= 8 else { throw Fault(reason: "it has \(bytes.count) bytes, no header") }
    let length = bytes[..<8].reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    guard length >= 2, length <= UInt64(bytes.count - 8), bytes[8] == UInt8(ascii: "{") else {
      throw Fault(reason: "it is no safetensors file, or is cut off in its header")
    }
    guard length <= InputLimits.tensorHeaderBytes else {
      throw Fault(reason: "its header is longer than \(InputLimits.tensorHeaderBytes.asFileSize)")
    }
    let end = 8 + Int(length)
    let header: [String: Any]
    do {
      let object = try JSONSerialization.jsonObject(with: Data(bytes[8..<end]))
      guard let dictionary = object as? [String: Any] else {
        throw Fault(reason: "its header is no dictionary")
      }
      header = dictionary
    } catch {
      throw Fault(reason: "its header is damaged")
    }
    try self.init(header: header, data: bytes[end...])
  }

  private init(header: [String: Any], data: ArraySlice<UInt8>) throws(Fault) {
    guard let strings = header["__metadata__"] as? [String: String],
      let checksum = strings[Self.checksumKey]
    else { throw Fault(reason: "it has no checksum, so it was not written by Swiftlet") }
    var extents: [Range<Int>] = []
    for (name, value) in header where name != "__metadata__" {
      guard let fields = value as? [String: Any], let type = fields["dtype"] as? String,
        let shape = fields["shape"] as? [Int], let offsets = fields["data_offsets"] as? [Int],
        offsets.count == 2, 0 <= offsets[0], offsets[0] <= offsets[1]
      else { throw Fault(reason: "'\(name)' has a damaged header") }
      guard offsets[1] <= data.count else {
        throw Fault(reason: "it is cut off: '\(name)' ends after the file does")
      }
      extents.append(offsets[0]..<offsets[1])
      tensors[name] = try Self.tensor(
        name, type, shape, data[data.startIndex + offsets[0]..<data.startIndex + offsets[1]])
    }
    var covered = 0
    for extent in extents.sorted(by: {
      ($0.lowerBound, $0.upperBound) < ($1.lowerBound, $1.upperBound)
    }) {
      guard extent.lowerBound == covered else {
        throw Fault(reason: "its arrays overlap, or leave gaps")
      }
      covered = extent.upperBound
    }
    guard covered == data.count else { throw Fault(reason: "something follows its last array") }
    guard Self.checksum(data, strings) == checksum else {
      throw Fault(reason: "it is damaged: its checksum is not that of its contents")
    }
    metadata = strings
    metadata[Self.checksumKey] = nil
  }

  private static func tensor(
    _ name: String, _ type: String, _ shape: [Int], _ bytes: ArraySlice<UInt8>
  ) throws(Fault) -> Tensor {
    guard let size = ["F32": 4, "U8": 1][type] else {
      throw Fault(reason: "'\(name)' is of type \(type), of which nothing here is made")
    }
    var count = size
    for side in shape {
      let (product, overflow) = count.multipliedReportingOverflow(by: side)
      guard side >= 0, !overflow else { throw Fault(reason: "'\(name)' has a damaged shape") }
      count = product
    }
    guard count == bytes.count else {
      throw Fault(reason: "'\(name)' has \(bytes.count) bytes, but its shape asks for \(count)")
    }
    return type == "U8" ? .bytes(Array(bytes)) : .floats(bytes.floats, shape: shape)
  }
}
