#include "base/diagnostic.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace jitegral {
namespace {

struct Row {
  std::string_view id;
  std::string_view message;
};

constexpr std::array rows = {
#define DIAGNOSTIC(name, id, message) Row{id, message},
#include "base/diagnostics.def"
#undef DIAGNOSTIC
};

const Row& row(Code code) { return rows.at(static_cast<std::size_t>(code)); }

// Replaces {0}, {1} … by the arguments; a number without an argument gives nothing.
std::string fill(std::string_view pattern, const std::vector<std::string>& args) {
  std::string out;
  for (std::size_t at = 0; at < pattern.size(); ++at) {
    std::size_t index = 0;
    const char* const first = pattern.data() + at + 1;
    const char* const last = pattern.data() + pattern.size();
    const auto number = std::from_chars(first, last, index);
    if (pattern[at] != '{' || number.ec != std::errc{} || number.ptr == last || *number.ptr != '}') {
      out += pattern[at];
      continue;
    }
    if (index < args.size()) out += args[index];
    at = static_cast<std::size_t>(number.ptr - pattern.data());
  }
  return out;
}

// Cells a character takes on a terminal: marks none, East Asian letters and pictures two.
std::size_t width_of(char32_t c) {
  if ((c >= 0x300 && c <= 0x36F) || (c >= 0x200B && c <= 0x200F) || c == 0xFEFF) return 0;
  const bool wide = (c >= 0x1100 && c <= 0x115F) || (c >= 0x2E80 && c <= 0xA4CF) ||
                    (c >= 0xAC00 && c <= 0xD7A3) || (c >= 0xF900 && c <= 0xFAFF) ||
                    (c >= 0xFE30 && c <= 0xFE6F) || (c >= 0xFF00 && c <= 0xFF60) ||
                    (c >= 0x1F300 && c <= 0x1FAFF) || (c >= 0x20000 && c <= 0x3FFFD);
  return wide ? 2 : 1;
}

// Characters that would move the cursor or colour the screen are shown as a blank or a replacement.
bool is_printable(CodePoint c) {
  const bool control = c.value < 0x20 || (c.value >= 0x7F && c.value < 0xA0);
  const bool direction = (c.value >= 0x202A && c.value <= 0x202E) || (c.value >= 0x2066 && c.value <= 0x2069);
  return c.valid && !control && !direction;
}

// The part of a line that is shown, and the carets below it.
struct Excerpt {
  std::string line;
  std::string carets;
};

constexpr std::size_t window = 96;        // characters of a line that are shown
constexpr std::size_t shown_before = 48;  // of them before the place, where the line is longer
constexpr std::string_view cut = "...";

bool is_inside_character(std::string_view text, std::size_t at) {
  return at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80U;
}

// The byte `count` characters before `at`, not before `begin`.
std::size_t step_back(std::string_view text, std::size_t begin, std::size_t at, std::size_t count) {
  while (at > begin && count > 0) {
    --at;
    if (!is_inside_character(text, at)) --count;
  }
  return at;
}

std::string shown(std::string_view text, std::size_t at, CodePoint c) {
  if (c.value == U'\t') return " ";
  return is_printable(c) ? std::string(text.substr(at, c.length)) : std::string("\uFFFD");
}

Excerpt excerpt(std::string_view text, Span line, Span place) {
  const std::size_t begin = std::clamp(place.begin, line.begin, line.end);
  const bool fits = line.end - line.begin <= window;
  std::size_t at = fits ? line.begin : step_back(text, line.begin, begin, shown_before);
  Excerpt out;
  if (at > line.begin) out = {std::string(cut), std::string(cut.size(), ' ')};
  for (std::size_t count = 0; at < line.end && (fits || count < window); ++count) {
    const CodePoint c = code_point_at(text, at);
    const bool marked = at + c.length > begin && (at < place.end || at <= begin);
    out.line += shown(text, at, c);
    if (marked || at < begin) out.carets.append(width_of(c.value), marked ? '^' : ' ');
    at += c.length;
  }
  if (at < line.end) out.line += cut;
  if (out.carets.find('^') == std::string::npos) out.carets += '^';
  return out;
}

std::string render_place(const Diagnostic& diagnostic, Position position) {
  const Source& source = *diagnostic.source;
  const auto [line, carets] =
      excerpt(source.text(), source.line_around(diagnostic.span.begin), diagnostic.span);
  const std::string number = std::to_string(position.line);
  const std::string gutter(number.size(), ' ');
  return "\n  " + number + " | " + line + "\n  " + gutter + " | " + carets;
}

std::vector<char32_t> decode(std::string_view text, bool fold_case) {
  std::vector<char32_t> out;
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint c = code_point_at(text, at);
    const bool upper = c.value >= U'A' && c.value <= U'Z';
    out.push_back(fold_case && upper ? c.value - U'A' + U'a' : c.value);
    at += c.length;
  }
  return out;
}

// Optimal string alignment: insertions, deletions, replacements and swaps of two neighbours cost 1 each.
std::size_t edit_distance(const std::vector<char32_t>& a, const std::vector<char32_t>& b) {
  std::vector<std::size_t> before(b.size() + 1);
  std::vector<std::size_t> last(b.size() + 1);
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) last[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      row[j] = std::min({last[j] + 1, row[j - 1] + 1, last[j - 1] + (a[i - 1] == b[j - 1] ? 0U : 1U)});
      const bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
      if (swapped) row[j] = std::min(row[j], before[j - 2] + 1);
    }
    before.swap(last);
    last.swap(row);
  }
  return last[b.size()];
}

}  // namespace

std::string_view id(Code code) { return row(code).id; }

std::string Diagnostic::message() const { return fill(row(code).message, args); }

Position Diagnostic::position() const { return source ? source->position(span.begin) : Position{}; }

std::string Diagnostic::render() const {
  std::string out;
  const Position place = position();
  if (source) {
    out = std::string(source->name()) + ':' + std::to_string(place.line) + ':' +
          std::to_string(place.column) + ": ";
  }
  out += (id(code).starts_with('W') ? "warning " : "error ") + std::string(id(code)) + ": " + message();
  if (source) out += render_place(*this, place);
  const std::string margin(source ? std::to_string(place.line).size() + 3 : 2, ' ');
  for (const std::string& note : notes) out.append(1, '\n').append(margin).append("= note: ").append(note);
  return out;
}

Diagnostic Diagnostic::note(std::string text) && {
  notes.push_back(std::move(text));
  return std::move(*this);
}

std::unexpected<Diagnostic> fail(Code code, const Source& source, Span span, std::vector<std::string> args,
                                 std::vector<std::string> notes) {
  return std::unexpected(Diagnostic{code, span, std::move(args), std::move(notes), source});
}

std::unexpected<Diagnostic> fail(Code code, std::vector<std::string> args) {
  return std::unexpected(Diagnostic{code, {}, std::move(args), {}, std::nullopt});
}

namespace {

std::ptrdiff_t common_prefix(std::string_view a, std::string_view b) {
  return std::ranges::mismatch(a, b).in1 - a.begin();
}

}  // namespace

std::optional<std::string_view> nearest(std::string_view name, std::span<const std::string_view> known) {
  constexpr std::size_t longest = 64;
  if (name.size() > longest) return std::nullopt;
  const std::vector<char32_t> letters = decode(name, true);
  // A third of the letters may be wrong; of one letter none, or every name would be near.
  std::size_t allowed = letters.size() < 2 ? 0 : std::max<std::size_t>(1, letters.size() / 3);
  std::optional<std::string_view> best;
  for (const std::string_view candidate : known) {
    if (candidate.size() > 2 * longest) continue;
    const std::size_t distance = edit_distance(letters, decode(candidate, true));
    if (distance > allowed) continue;
    // Of equally near names the one that begins alike longest: sinn is rather sin than sign.
    if (best && distance == allowed && common_prefix(name, candidate) <= common_prefix(name, *best)) continue;
    best = candidate;
    allowed = distance;
  }
  return best;
}

}  // namespace jitegral
