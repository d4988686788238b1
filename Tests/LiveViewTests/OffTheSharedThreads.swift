import Pictures
import Testing

/// Runs a test off the threads that other tests share, because it waits for others without sleep.
struct OffTheSharedThreads: TestTrait, SuiteTrait, TestScoping {
  let isRecursive = true

  func provideScope(
    for test: Test, testCase: Test.Case?, performing function: @Sendable () async throws -> Void
  ) async throws {
    try await withTaskExecutorPreference(BlockingQueue.shared) { try await function() }
  }
}

extension Trait where Self == OffTheSharedThreads {
  static var offTheSharedThreads: Self { Self() }
}
