import Pictures
package import Testing

/// Runs a test off the threads that all tests share, because it blocks its thread while it waits.
package struct OffTheSharedThreads: TestTrait, SuiteTrait, TestScoping {
  package let isRecursive = true

  package func provideScope(
    for test: Test, testCase: Test.Case?, performing function: @Sendable () async throws -> Void
  ) async throws {
    try await withTaskExecutorPreference(BlockingQueue.shared) { try await function() }
  }
}

extension Trait where Self == OffTheSharedThreads {
  /// Off the threads that all tests share.
  package static var offTheSharedThreads: Self { Self() }
}
