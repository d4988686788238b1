// What every batch of environments refuses alike.
extension VectorEnvironment where Self: ~Copyable {
  /// Refuses buffers that were made for another environment.
  package func check(_ batch: borrowing StepBatch) throws(GymError) {
    try layout.check(batch)
  }

  /// Refuses lists that do not have an element for each environment.
  package func check(seeds: [UInt64]?, mask: [Bool]?) throws(GymError) {
    for (count, name) in [(seeds?.count, "seeds"), (mask?.count, "truth values")] {
      guard let count, count != layout.environmentCount else { continue }
      throw .wrongCount(of: name, expected: layout.environmentCount, actual: count)
    }
  }
}

extension BatchLayout {
  /// Refuses buffers that were made for another layout.
  package func check(_ batch: borrowing StepBatch) throws(GymError) {
    guard batch.layout == self else {
      throw .wrongLayout(expected: self, actual: batch.layout)
    }
  }
}
