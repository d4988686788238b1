/// What the drone tells people, in packets of text.
struct Console: Sendable {
  /// Lines beyond this number are dropped while nobody listens. [–]
  private static let mostLines = 64

  private var lines: [String] = []

  /// Tells a line.
  mutating func tell(_ line: String) {
    if lines.count < Self.mostLines { lines.append(line + "\n") }
  }

  /// Takes out what was told.
  mutating func packets() -> [CRTPPacket] {
    defer { lines = [] }
    return lines.flatMap { line in
      let bytes = Array(line.utf8)
      return stride(from: 0, to: bytes.count, by: CRTPPacket.longestData).map {
        CRTPPacket(.console, Array(bytes[$0...].prefix(CRTPPacket.longestData)))
      }
    }
  }
}
