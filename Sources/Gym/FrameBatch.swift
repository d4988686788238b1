/// The buffers of images that go with a ``StepBatch`` where agents have cameras.
///
/// They are contiguous and the caller's: made once, and drawn in place by each step. Rows are agents,
/// as in a ``StepBatch``; each has one image of every kind.
@safe
public struct FrameBatch: ~Copyable, @unchecked Sendable {
  /// What the images are; each row has one of each.
  public let spaces: [ImageSpace]
  /// How many rows there are.
  package let rowCount: Int
  /// The addresses of the buffers, valid as long as the batch lives.
  package let pointers: FramePointers
  /// Which environment drew these images last, and when: another one draws them all anew.
  package var stamp: Stamp?
  private let ownsBuffers: Bool

  /// Which environment drew the images of a batch, and in which of its calls.
  package struct Stamp: Equatable, Sendable {
    let artist: ObjectIdentifier
    let call: Int

    /// The mark of an artist's call.
    package init(artist: ObjectIdentifier, call: Int) { (self.artist, self.call) = (artist, call) }
  }

  /// Black images in buffers of their own.
  ///
  /// - Parameters:
  ///   - spaces: What the images are.
  ///   - layout: How many rows there are.
  ///   - hasFinals: Whether there is room for what agents saw last before an episode began in the same
  ///     step.
  package init(spaces: [ImageSpace], layout: BatchLayout, hasFinals: Bool) {
    (self.spaces, rowCount) = (spaces, layout.rowCount)
    // Allocated here and freed in `deinit`; `spaces` and `rowCount` say how long they are.
    unsafe pointers = .allocated(
      spaces: spaces, rowCount: layout.rowCount, hasFinals: hasFinals)
    ownsBuffers = true
  }

  /// The buffers at these addresses, which must outlive the batch.
  @unsafe
  package init(borrowing pointers: FramePointers) {
    unsafe (spaces, rowCount) = (pointers.spaces, pointers.rowCount)
    unsafe self.pointers = unsafe pointers
    ownsBuffers = false
  }

  deinit {
    if ownsBuffers { unsafe pointers.deallocate() }
  }

  /// Whether there is room for what agents saw last.
  package var hasFinals: Bool { unsafe !pointers.finalImages.isEmpty || spaces.isEmpty }

  /// Whether each agent's images were taken in the step; others are those of a step before.
  public var isNew: Span<Bool> {
    @_lifetime(borrow self)
    get { unsafe span(pointers.isNew, rowCount) }
  }

  /// The images of one kind, of bytes: what each agent sees after the step.
  @_lifetime(borrow self)
  public func bytes(ofImage image: Int) -> Span<UInt8> {
    unsafe elements(pointers.images, image, .uint8)
  }

  /// The images of one kind, of numbers: what each agent sees after the step.
  @_lifetime(borrow self)
  public func numbers(ofImage image: Int) -> Span<Float> {
    unsafe elements(pointers.images, image, .float32)
  }

  /// The images of one kind, of bytes: what each agent saw last, where an episode ended and the next
  /// began in the same step.
  @_lifetime(borrow self)
  public func finalBytes(ofImage image: Int) -> Span<UInt8> {
    unsafe elements(pointers.finalImages, image, .uint8)
  }

  /// The images of one kind, of numbers: what each agent saw last, where an episode ended and the next
  /// began in the same step.
  @_lifetime(borrow self)
  public func finalNumbers(ofImage image: Int) -> Span<Float> {
    unsafe elements(pointers.finalImages, image, .float32)
  }

  @unsafe
  @_lifetime(borrow self)
  private func elements<T>(
    _ buffers: [UnsafeMutableRawPointer], _ image: Int, _ element: ImageSpace.Element
  ) -> Span<T> {
    precondition(unsafe buffers.indices.contains(image), "there is no image \(image)")
    precondition(spaces[image].element == element, "image \(image) is \(spaces[image])")
    let start = unsafe buffers[image].assumingMemoryBound(to: T.self)
    return unsafe span(start, rowCount * spaces[image].count)
  }

  @unsafe
  @_lifetime(borrow self)
  private func span<T>(_ start: UnsafeMutablePointer<T>, _ count: Int) -> Span<T> {
    let span = unsafe Span(_unsafeStart: start, count: count)
    return unsafe _overrideLifetime(span, borrowing: self)
  }
}
