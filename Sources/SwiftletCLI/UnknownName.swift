import Spelling

/// What to say of a name that nothing has: the one that was meant, or else where to look.
func unknown(
  _ kind: String, _ name: String, among names: [String], else advice: String
) -> String {
  let meant = nearestWord(to: name, among: names).map { "did you mean '\($0)'?" }
  return "there is no \(kind) '\(name)'; \(meant ?? advice)"
}
