/// The candidate that a name was most likely meant to be: at most a third of its letters away, one
/// at least, capitals aside; `nil` if none is that near.
func nearestName(to name: String, among candidates: some Sequence<String>) -> String? {
  let wanted = Array(name.lowercased().utf8)
  var best: (name: String, distance: Int)?
  for candidate in candidates {
    let bytes = Array(candidate.lowercased().utf8)
    let limit = min(max(1, wanted.count / 3), (best?.distance ?? .max) - 1)
    guard abs(bytes.count - wanted.count) <= limit else { continue }
    let distance = editDistance(wanted, bytes)
    if distance <= limit { best = (candidate, distance) }
  }
  return best?.name
}

/// How many letters must be put in, left out or changed to make one word of another (Levenshtein).
private func editDistance(_ a: [UInt8], _ b: [UInt8]) -> Int {
  var row = Array(0...b.count)
  for i in a.indices {
    var diagonal = row[0]
    row[0] = i + 1
    for j in b.indices {
      let change = diagonal + (a[i] == b[j] ? 0 : 1)
      diagonal = row[j + 1]
      row[j + 1] = min(change, row[j] + 1, diagonal + 1)
    }
  }
  return row[b.count]
}
