import Files

extension LocatedNode {
  /// The scenario in a file, or out of a pipe.
  package init(file path: String) throws(InvalidConfiguration) {
    try self.init(yaml: try Self.text(ofFile: path), from: .file(path, line: nil))
  }

  private static func text(ofFile path: String) throws(InvalidConfiguration) -> String {
    let bytes: [UInt8]
    do throws(FileFault) {
      bytes = try InputFile(
        opening: path, atMost: InputLimits.scenarioBytes, takesPipes: true
      ).contents()
    } catch { throw InvalidConfiguration(at: .file(path, line: nil), error.description) }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw InvalidConfiguration(
        at: .file(path, line: bytes.invalidUTF8()?.line), "is not text in UTF-8")
    }
    return text
  }
}
