#include "cli/preferences.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include "cli/number_text.h"

namespace jitegral::cli {
namespace {

using Wrong = std::optional<std::string>;

template <class T>
Wrong read_number(T& target, const std::string& text, T low, T high, const char* wanted) {
  T number{};
  const char* const end = text.data() + text.size();
  const auto read = std::from_chars(text.data(), end, number);
  if (read.ec != std::errc{} || read.ptr != end || !(number >= low && number <= high))
    return "must be " + std::string(wanted) + ", not " + text;
  target = number;
  return {};
}

template <class T, std::size_t n>
using Words = std::array<std::pair<std::string_view, T>, n>;

constexpr Words<Format, 3> formats{{{"text", Format::text}, {"json", Format::json}, {"csv", Format::csv}}};
constexpr Words<Colour, 3> colours{
    {{"auto", Colour::automatic}, {"always", Colour::always}, {"never", Colour::never}}};

constexpr Words<std::string_view, 3> tiers{
    {{"auto", "auto"}, {"interpreter", "interpreter"}, {"native", "native"}}};

constexpr Words<bool, 2> switches{{{"on", true}, {"off", false}}};

template <class T, class Meaning, std::size_t n>
Wrong read_word(T& target, const std::string& text, const Words<Meaning, n>& words) {
  std::string known;
  for (const auto& [word, meaning] : words) {
    if (word == text) {
      target = meaning;
      return {};
    }
    known += (known.empty() ? "" : " or ") + std::string(word);
  }
  return "must be " + known + ", not " + text;
}

template <class T, std::size_t n>
std::string word_of(T value, const Words<T, n>& words) {
  return std::string(std::ranges::find(words, value, &std::pair<std::string_view, T>::second)->first);
}

constexpr std::array rows{
    Preference{"tol", "NUMBER", "relative tolerance of integrals that do not say one",
               [](Preferences& p, const std::string& text) {
                 return read_number(p.settings.tolerance, text, 0.0, 1.0, "a number from 0 to 1");
               },
               [](const Preferences& p) { return value_text(p.settings.tolerance); }},
    Preference{"n_jobs", "COUNT", "threads; 0 means all cores",
               [](Preferences& p, const std::string& text) {
                 return read_number(p.settings.n_jobs, text, 0, 1024, "a whole number from 0 to 1024");
               },
               [](const Preferences& p) { return std::to_string(p.settings.n_jobs); }},
    Preference{"time_limit", "SECONDS", "seconds for one integral; 0 means no limit",
               [](Preferences& p, const std::string& text) {
                 return read_number(p.settings.time_limit, text, 0.0, 1e18, "seconds, not negative");
               },
               [](const Preferences& p) { return value_text(p.settings.time_limit); }},
    Preference{"cpu", "NAME", "make code for this cpu, e.g. x86-64-v3; results do not depend on it",
               [](Preferences& p, const std::string& text) -> Wrong {
                 p.settings.cpu = text;
                 return {};
               },
               [](const Preferences& p) { return p.settings.cpu; }},
    Preference{
        "tier", "auto|interpreter|native", "who evaluates; the results are the same bits",
        [](Preferences& p, const std::string& text) { return read_word(p.settings.tier, text, tiers); },
        [](const Preferences& p) { return p.settings.tier; }},
    Preference{
        "cache", "on|off", "keep compiled code on disk for later (in $JITEGRAL_CACHE_DIR if set)",
        [](Preferences& p, const std::string& text) { return read_word(p.settings.cache, text, switches); },
        [](const Preferences& p) { return word_of(p.settings.cache, switches); }},
    Preference{"plot_points", "COUNT", "points of each curve of a plot over a range",
               [](Preferences& p, const std::string& text) {
                 return read_number(p.settings.plot_points, text, 2, 1'000'000,
                                    "a whole number from 2 to 1000000");
               },
               [](const Preferences& p) { return std::to_string(p.settings.plot_points); }},
    Preference{"format", "text|json|csv", "how results are printed: text, JSON lines or CSV",
               [](Preferences& p, const std::string& text) { return read_word(p.format, text, formats); },
               [](const Preferences& p) { return word_of(p.format, formats); }},
    Preference{"color", "auto|always|never", "colour; auto means on a terminal unless NO_COLOR is set",
               [](Preferences& p, const std::string& text) { return read_word(p.colour, text, colours); },
               [](const Preferences& p) { return word_of(p.colour, colours); }},
};

}  // namespace

std::span<const Preference> preferences() { return rows; }

const Preference* find_preference(std::string_view name) {
  const auto* const found = std::ranges::find(rows, name, &Preference::name);
  return found == rows.end() ? nullptr : found;
}

std::string option_of(const Preference& preference) {
  std::string option = "--" + std::string(preference.name);
  std::ranges::replace(option, '_', '-');
  return option;
}

}  // namespace jitegral::cli
