import Files
import Foundation

/// The bytes of a URDF file.
func urdfData(at url: URL) throws(ModelError) -> Data {
  do throws(FileFault) {
    return Data(try contents(ofFile: url.path, atMost: InputLimits.modelBytes))
  } catch { throw ModelError(file: url.relativePath, message: error.description) }
}

/// The bytes of an XML file in UTF-8, whatever encoding it declares.
///
/// Foundation's parser ends the process at a byte that is not of the file's encoding, so bytes are looked
/// at before it sees them.
///
/// - Throws: ``ModelError`` with the line of the first byte that is no UTF-8, or with the encoding that
///   cannot be read.
func urdfText(_ data: Data, file: String) throws(ModelError) -> Data {
  let start = data.prefix(4)
  if start.starts(with: [0xFE, 0xFF]) || start.starts(with: [0xFF, 0xFE]) || start.contains(0) {
    throw ModelError(
      file: file, line: 1, message: "is encoded as UTF-16 or UTF-32, or no text; expected UTF-8")
  }
  let encoding = declaredEncoding(of: data) ?? "UTF-8"
  switch encoding.lowercased() {
  case "utf-8", "utf8", "us-ascii", "ascii":
    guard let (place, line) = data.invalidUTF8() else { return inUTF8(data) }
    let byte = String(data[place], radix: 16)
    throw ModelError(
      file: file, line: line,
      message: "the byte 0x\(byte) is no UTF-8; expected UTF-8, or encoding=\"ISO-8859-1\"")
  case "iso-8859-1", "latin1":
    // Each byte is the character of its number.
    return inUTF8(Data(String(String.UnicodeScalarView(data.map { Unicode.Scalar($0) })).utf8))
  default:
    throw ModelError(
      file: file, line: 1,
      message: "encoding=\"\(encoding)\"; expected UTF-8 or ISO-8859-1")
  }
}

/// The range of the XML declaration `<?xml … ?>`, if the file begins with one.
private func declaration(of data: Data) -> Range<Data.Index>? {
  let mark = Data([0xEF, 0xBB, 0xBF])
  let start = data.starts(with: mark) ? data.startIndex + mark.count : data.startIndex
  let head = data[start...].prefix(200)
  guard head.starts(with: Data("<?xml".utf8)), let end = head.range(of: Data("?>".utf8)) else {
    return nil
  }
  return start..<end.upperBound
}

private func declaredEncoding(of data: Data) -> String? {
  guard let range = declaration(of: data) else { return nil }
  let words = String(decoding: data[range], as: UTF8.self)
    .split { $0.isWhitespace || "='\"?".contains($0) }
  guard let name = words.firstIndex(of: "encoding"), name + 1 < words.count else { return nil }
  return String(words[name + 1])
}

/// The bytes with a declaration of UTF-8 in the place of another.
private func inUTF8(_ data: Data) -> Data {
  guard let range = declaration(of: data) else { return data }
  // As many lines as before, so that errors name the right one.
  let lines = data[range].count { $0 == UInt8(ascii: "\n") }
  let blank = String(repeating: "\n", count: lines)
  var text = Data("<?xml version=\"1.0\"\(blank)?>".utf8)
  text.append(data[range.upperBound...])
  return text
}
