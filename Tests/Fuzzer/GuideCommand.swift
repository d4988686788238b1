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
      target: target, folder: folder, mutator: Mutator(of: inputs, seed: 0),
      words: [CommandLine.arguments[0]] + words + [self.inputs])
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
  /// What libFuzzer is told.
  let words: [String]
}

// unsafe: set once, before libFuzzer begins; it calls back on one thread.
nonisolated(unsafe) private var guided: Guided?

/// Runs the command before libFuzzer, whose main function this program has, and hands over what `guide` says.
@_cdecl("LLVMFuzzerInitialize")
public func begin(
  _ count: UnsafeMutablePointer<Int32>,
  _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>>
) -> Int32 {
  FuzzerCommand.main()
  guard let words = unsafe guided?.words else { Foundation.exit(0) }
  // unsafe: libFuzzer reads the words as long as the process lives, so they are never freed.
  let list = UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>.allocate(
    capacity: words.count + 1)
  for (index, word) in words.enumerated() { unsafe (list + index).initialize(to: strdup(word)) }
  unsafe (list + words.count).initialize(to: nil)
  unsafe count.pointee = Int32(words.count)
  unsafe arguments.pointee = unsafe list
  return 0
}

/// Reads an input of libFuzzer's.
@_cdecl("LLVMFuzzerTestOneInput")
public func read(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
  guard let guided = unsafe guided else { return 0 }
  let input = unsafe Array(UnsafeBufferPointer(start: bytes, count: count))
  let outcome = guided.target.read(input, guided.folder)
  if let complaint = guided.target.unplaced(in: outcome).first {
    fatalError("no place in: \(complaint)")
  }
  return 0
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
