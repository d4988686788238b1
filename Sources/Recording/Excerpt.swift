/// The beginning of some text from outside, fit for a line of an error message.
///
/// Whatever is not printable ASCII or a well-formed letter of another script shows as `\xNN`; beyond
/// 40 characters the rest shows as `…`.
func excerpt(_ text: some Sequence<UInt8>) -> String {
  var head = Array(text.prefix(161))
  var isCut = head.count > 160
  var validated = String(validating: head, as: UTF8.self)
  // The cut may have gone through a character.
  for _ in 0..<3 where isCut && validated == nil {
    head.removeLast()
    validated = String(validating: head, as: UTF8.self)
  }
  let pieces = validated.map { $0.map(escaped) } ?? head.map { escaped([$0]) }
  isCut = isCut || pieces.count > 40
  return pieces.prefix(40).joined() + (isCut ? "…" : "")
}

/// The same in quotes.
func quotedExcerpt(_ text: String) -> String { "\"\(excerpt(text.utf8))\"" }

private func escaped(_ character: Character) -> String {
  let isPlain = character.unicodeScalars.allSatisfy { scalar in
    scalar.isASCII ? (0x20..<0x7f).contains(scalar.value) : scalar.properties.isAlphabetic
  }
  return isPlain && character.utf8.count <= 8
    ? String(character) : escaped(character.utf8.prefix(8))
}

private func escaped(_ bytes: some Sequence<UInt8>) -> String {
  bytes.map { byte in
    if (0x20..<0x7f).contains(byte) { return String(Unicode.Scalar(byte)) }
    return (byte < 16 ? "\\x0" : "\\x") + String(byte, radix: 16)
  }.joined()
}
