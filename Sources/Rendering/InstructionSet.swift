internal import CRendering

/// What a processor can do at once; all draw the same, to the last bit.
package enum InstructionSet: Int32, Sendable, CaseIterable {
  /// What every processor of its architecture has.
  case baseline = 0
  /// Eight numbers of single precision at a time, on x86-64.
  case avx2 = 1
  /// Sixteen numbers of single precision at a time, on x86-64.
  case avx512 = 2

  /// Those of this processor, the widest last.
  package static var available: [InstructionSet] {
    allCases.filter { $0.rawValue <= cr_best_level() }
  }
}
