/// The word that was most likely meant by a misspelt one, or nil where none is near.
///
/// Near is a third of the letters, and never all of them; the first of equally near words wins.
package func nearestWord(to word: String, among words: some Sequence<String>) -> String? {
  let written = Array(word.lowercased().unicodeScalars)
  guard 1...64 ~= written.count else { return nil }
  var best: (word: String, distance: Int)?
  for candidate in words {
    let letters = Array(candidate.lowercased().unicodeScalars)
    let length = max(written.count, letters.count)
    // Each letter more or less is an edit.
    guard abs(written.count - letters.count) <= max(1, length / 3) else { continue }
    let distance = editDistance(written, letters)
    if distance <= max(1, length / 3), distance < length, distance < best?.distance ?? .max {
      best = (candidate, distance)
    }
  }
  return best?.word
}

/// How many letters must be inserted, deleted, replaced or swapped with their neighbour to make one
/// word of another, no letter being edited twice.
///
/// - F. J. Damerau, "A technique for computer detection and correction of spelling errors",
///   Communications of the ACM 7 (3), 1964,
///   [doi:10.1145/363958.363994](https://doi.org/10.1145/363958.363994).
private func editDistance(_ a: [Unicode.Scalar], _ b: [Unicode.Scalar]) -> Int {
  var beforeLast: [Int] = []
  var last = Array(0...b.count)
  for i in a.indices {
    var row = [i + 1]
    for j in b.indices {
      var cost = min(last[j + 1] + 1, row[j] + 1, last[j] + (a[i] == b[j] ? 0 : 1))
      if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] {
        cost = min(cost, beforeLast[j - 1] + 1)
      }
      row.append(cost)
    }
    (beforeLast, last) = (last, row)
  }
  return last[b.count]
}
