import Foundation

/// Writes a value as JSON, with sorted keys, to a file that appears whole or not at all.
///
/// Until it is finished the file is called `path.partial`; that is removed if it cannot be finished.
/// A file of that name is replaced. Where a flight's `metadata.json` is written, units and frames,
/// seed, version and the resolved scenario are what `value` should hold.
package func writeMetadata(
  _ value: some Encodable, to path: String
) throws(RecordingError) {
  let encoder = JSONEncoder()
  encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
  var bytes: [UInt8]
  do {
    bytes = [UInt8](try encoder.encode(value))
  } catch {
    throw .unfitMetadata(path: path, reason: encodingFailure(error))
  }
  bytes.append(.newline)
  try writeFile(bytes.span, to: path)
}

/// What an encoder objects to, in one line.
private func encodingFailure(_ error: any Error) -> String {
  guard case EncodingError.invalidValue(_, let context) = error else { return "\(error)" }
  let key = context.codingPath.map(\.stringValue).joined(separator: ".")
  return key.isEmpty ? context.debugDescription : "\(key): \(context.debugDescription)"
}
