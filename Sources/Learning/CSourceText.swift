/// The functions of a header of ``CSource``.
struct CSourceText {
  /// What their names begin with.
  let prefix: String

  private var constant: String { prefix.uppercased() }

  /// Bounds, and the bits of numbers.
  ///
  /// Firmware is compiled with options that let a compiler believe that every number is one: what is none is found
  /// by its bits.
  var numbers: String {
    """
    // The bits of a number.
    static inline uint32_t \(prefix)_bits(float value) {
      union { float value; uint32_t bits; } both;
      both.value = value;
      return both.bits;
    }

    static inline float \(prefix)_clip(float value, float limit) {
      return value < -limit ? -limit : value > limit ? limit : value;
    }
    """
  }

  /// The tanh of CLearning.c: 1 − 2 / (exp(2x) + 1), with exp(2x) = 2ⁿ exp(r) and |r| ≤ ln(2) / 2.
  ///
  /// There, n comes from adding and subtracting a large number, which `-ffast-math` takes away; here from
  /// truncation, with ties to even as well.
  var tanh: String {
    """
    // tanh x = 1 - 2 / (exp(2x) + 1), to 2e-7, with exp(2x) = 2^n exp(r) and Taylor's series of exp.
    static inline float \(prefix)_tanh(float x) {
      const uint32_t magnitude = \(prefix)_bits(x) & 0x7fffffffu;
      if (magnitude > 0x7f800000u) return x;
      const float y = 2.0f * \(prefix)_clip(x, 9.0f);
      const float power = y * 1.44269504f;
      int32_t n = (int32_t)power;
      const float rest = power - (float)n;
      if (rest > 0.5f || (rest == 0.5f && n % 2 != 0)) n++;
      if (rest < -0.5f || (rest == -0.5f && n % 2 != 0)) n--;
      const float r = (y - (float)n * 0.693145752f) - (float)n * 1.42860677e-6f;
      float p = r * (1.0f / 5040) + 1.0f / 720;
      p = p * r + 1.0f / 120;
      p = p * r + 1.0f / 24;
      p = p * r + 1.0f / 6;
      p = p * r + 0.5f;
      p = p * r + 1.0f;
      p = p * r + 1.0f;
      union { uint32_t bits; float value; } scale;
      scale.bits = (uint32_t)(n + 127) << 23;
      return 1.0f - 2.0f / (p * scale.value + 1.0f);
    }
    """
  }

  /// A layer: y = W x + b, a row of W an output.
  func layer(_ weights: CSource.Weights) -> String {
    switch weights {
    case .float:
      """
      static inline void \(prefix)_layer(
          const float *weights, const float *biases, int inputs, int outputs, const float *x, float *y) {
        for (int output = 0; output < outputs; output++, weights += inputs) {
          float sum = biases[output];
          for (int input = 0; input < inputs; input++) sum += x[input] * weights[input];
          y[output] = sum;
        }
      }
      """
    case .int8:
      """
      static inline void \(prefix)_layer(
          const int8_t *weights, const float *scales, const float *biases, int inputs, int outputs,
          const float *x, float *y) {
        for (int output = 0; output < outputs; output++, weights += inputs) {
          float sum = 0.0f;
          for (int input = 0; input < inputs; input++) sum += x[input] * (float)weights[input];
          y[output] = biases[output] + scales[output] * sum;
        }
      }
      """
    }
  }

  /// The function that users call.
  func act(widest: Int, limit: String, calls: [String], last: String, bound: String) -> String {
    """
    // Writes the action for an observation. An observation that holds no number (NaN) gives the middle of
    // the bounds.
    static inline void \(prefix)_act(
        const float observation[\(constant)_OBSERVATION_COUNT], float action[\(constant)_ACTION_COUNT]) {
      float x[\(widest)], y[\(widest)];
      for (int i = 0; i < \(constant)_ACTION_COUNT; i++) action[i] = \(prefix)_center[i];
      for (int i = 0; i < \(constant)_OBSERVATION_COUNT; i++) {
        const float normal = (observation[i] - \(prefix)_mean[i]) * \(prefix)_scale[i];
        if ((\(prefix)_bits(normal) & 0x7fffffffu) > 0x7f800000u) return;
        x[i] = \(prefix)_clip(normal, \(limit));
      }
    \(calls.joined(separator: "\n"))
      for (int i = 0; i < \(constant)_ACTION_COUNT; i++) {
        const float drawn = \(last)[i];
        if ((\(prefix)_bits(drawn) & 0x7f800000u) == 0x7f800000u) continue;
        action[i] = \(prefix)_center[i] + \(prefix)_reach[i] * \(bound);
      }
    }
    """
  }
}
