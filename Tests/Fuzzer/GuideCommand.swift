import ArgumentParser
import CFuzzing
import Foundation
import Fuzzing
import Randomness

/// Lets libFuzzer look for inputs that reach code that none has reached yet.
///
/// Only a build with `--sanitize fuzzer -Xswiftc -DLIBFUZZER` has it, which `make fuzz` makes.
struct GuideCommand: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "guide")

  @OptionGroup var options: TargetOptions

  @Option(help: "A folder for the inputs to start from, and those that are found.")
  var inputs: String

  @Argument(parsing: .postTerminator, help: "What libFuzzer is told.")
  var words: [String] = []

  func run() throws {
    #if LIBFUZZER
    let (target, folder) = try options.target()
    let inputs = try options.inputs(of: target, folder)
    for (number, input) in inputs.enumerated() {
      try Data(input).write(to: URL(fileURLWithPath: "\(self.inputs)/start-\(number)"))
    }
    unsafe guided = Guided(
      target: target, folder: folder, mutator: Mutator(of: inputs, seed: 0))
    Foundation.exit(guide([CommandLine.arguments[0]] + words + [self.inputs]))
    #else
    throw ValidationError("this build has no libFuzzer; 'make fuzz' makes one that has")
    #endif
  }
}

#if LIBFUZZER
/// What libFuzzer's calls back work on.
private struct Guided {
  let target: FuzzTarget
  let folder: FuzzFolder
  let mutator: Mutator
}

// unsafe: set once, before libFuzzer begins; it calls back on one thread.
nonisolated(unsafe) private var guided: Guided?

/// Hands over to libFuzzer.
private func guide(_ words: [String]) -> Int32 {
  var arguments: [UnsafeMutablePointer<CChar>?] = unsafe words.map { unsafe strdup($0) } + [nil]
  var count = Int32(words.count)
  // unsafe: libFuzzer reads the words, and calls back with bytes of its own.
  return unsafe arguments.withUnsafeMutableBufferPointer { buffer in
    var base = unsafe buffer.baseAddress
    return unsafe LLVMFuzzerRunDriver(&count, &base) { bytes, count in
      unsafe read(Array(UnsafeBufferPointer(start: bytes, count: count)))
      return 0
    }
  }
}

private func read(_ bytes: [UInt8]) {
  guard let guided = unsafe guided else { return }
  let outcome = guided.target.read(bytes, guided.folder)
  if let complaint = guided.target.unplaced(in: outcome).first {
    fatalError("no place in: \(complaint)")
  }
}

/// Changes an input by libFuzzer's own means, or by those that know words, numbers and arrays.
@_cdecl("LLVMFuzzerCustomMutator")
public func change(
  _ bytes: UnsafeMutablePointer<UInt8>, _ count: Int, _ capacity: Int, _ seed: UInt32
) -> Int {
  guard let guided = unsafe guided, seed % 2 == 0 else {
    return unsafe LLVMFuzzerMutate(bytes, count, capacity)
  }
  var random = SplitMix64(seed: UInt64(seed))
  let input = unsafe Array(UnsafeBufferPointer(start: bytes, count: count))
  let changed = guided.mutator.mutated(input, &random).prefix(capacity)
  for (index, byte) in changed.enumerated() { unsafe bytes[index] = byte }
  return changed.count
}
#endif
