/// The digest that a WebSocket's handshake asks for; it keeps no secret.
///
/// - [RFC 3174](https://www.rfc-editor.org/rfc/rfc3174).
enum SHA1 {
  static func digest(of message: [UInt8]) -> [UInt8] {
    var h: [UInt32] = [0x6745_2301, 0xefcd_ab89, 0x98ba_dcfe, 0x1032_5476, 0xc3d2_e1f0]
    let padded = padding(message)
    for start in stride(from: 0, to: padded.count, by: 64) {
      let sum = rounds(of: schedule(padded[start..<start + 64]), from: h)
      for i in h.indices { h[i] &+= sum[i] }
    }
    return h.flatMap { word in [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: word >> $0) } }
  }

  /// The message, a one bit, zeros and the message's length in bits (§4).
  private static func padding(_ message: [UInt8]) -> [UInt8] {
    var bytes = message + [0x80]
    bytes += [UInt8](repeating: 0, count: (120 - bytes.count % 64) % 64)
    let bits = UInt64(message.count) * 8
    return bytes
      + stride(from: 56, through: 0, by: -8).map { UInt8(truncatingIfNeeded: bits >> $0) }
  }

  /// The eighty words of a block (§6.1 a, b).
  private static func schedule(_ block: ArraySlice<UInt8>) -> [UInt32] {
    var words = (0..<16).map { i in
      block.dropFirst(4 * i).prefix(4).reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
    }
    for t in 16..<80 {
      words.append(rotated(words[t - 3] ^ words[t - 8] ^ words[t - 14] ^ words[t - 16], by: 1))
    }
    return words
  }

  /// The eighty rounds (§6.1 c, d).
  private static func rounds(of words: [UInt32], from h: [UInt32]) -> [UInt32] {
    var (a, b, c, d, e) = (h[0], h[1], h[2], h[3], h[4])
    for (t, word) in words.enumerated() {
      let (f, k): (UInt32, UInt32) =
        switch t / 20 {
        case 0: (b & c | ~b & d, 0x5a82_7999)
        case 1: (b ^ c ^ d, 0x6ed9_eba1)
        case 2: (b & c | b & d | c & d, 0x8f1b_bcdc)
        default: (b ^ c ^ d, 0xca62_c1d6)
        }
      let next = rotated(a, by: 5) &+ f &+ e &+ word &+ k
      (a, b, c, d, e) = (next, a, rotated(b, by: 30), c, d)
    }
    return [a, b, c, d, e]
  }

  private static func rotated(_ word: UInt32, by count: UInt32) -> UInt32 {
    word << count | word >> (32 - count)
  }
}
