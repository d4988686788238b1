extension Collection where Element == UInt8 {
  /// Where the first byte is that is no UTF-8, and its line, counted from 1; `nil` for text.
  package func invalidUTF8() -> (index: Index, line: Int)? {
    var decoder = UTF8()
    var bytes = makeIterator()
    var (read, line) = (0, 1)
    while true {
      switch decoder.decode(&bytes) {
      case .scalarValue(let scalar):
        read += UTF8.width(scalar)
        if scalar == "\n" { line += 1 }
      case .emptyInput: return nil
      case .error: return (index(startIndex, offsetBy: read), line)
      }
    }
  }
}
