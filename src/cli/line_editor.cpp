#include "cli/line_editor.h"

#include <fmt/format.h>
#include <histedit.h>
#include <langinfo.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <clocale>
#include <cstdio>
#include <cstring>
#include <cwchar>
#include <utility>

#include "cli/plot.h"

namespace jitegral::cli {
namespace {

constexpr const char* redraw_key = "\x1d";  // Ctrl-], which nobody types

// The editor counts characters as the locale tells; names such as π need UTF-8 even where nobody set a
// locale.
void use_utf8() {
  std::setlocale(LC_CTYPE, "");
  if (std::strcmp(nl_langinfo(CODESET), "UTF-8") != 0) std::setlocale(LC_CTYPE, "C.UTF-8");
}

std::string common_prefix(const std::vector<std::string>& words) {
  std::string prefix = words[0];
  for (const std::string& word : words)
    prefix.resize(static_cast<std::size_t>(std::ranges::mismatch(prefix, word).in1 - prefix.begin()));
  return prefix;
}

void list(const std::vector<std::string>& words) {
  std::size_t widest = 0;
  for (const std::string& word : words) widest = std::max(widest, word.size());
  const std::size_t in_a_row =
      std::max<std::size_t>(1, static_cast<std::size_t>(screen_size().columns) / (widest + 2));
  for (std::size_t i = 0; i < words.size(); ++i)
    fmt::print("{}{:<{}}", i % in_a_row == 0 ? "\n" : "", words[i], widest + 2);
  fmt::print("\n");
  std::fflush(stdout);
}

}  // namespace

struct LineEditor::Keys {
  static LineEditor& self(EditLine* editor) {
    void* data = nullptr;
    el_get(editor, EL_CLIENTDATA, &data);
    return *static_cast<LineEditor*>(data);
  }
  static const char* prompt(EditLine* editor) { return self(editor).prompt_.c_str(); }
  static const char* hint(EditLine* editor) {
    LineEditor& me = self(editor);
    me.hint_ = me.helpers_.signature(me.before_cursor());
    return me.hint_.c_str();
  }
  static unsigned char tab(EditLine* editor, int) { return self(editor).on_tab(); }
  static unsigned char redraw(EditLine*, int) { return CC_REFRESH; }
  // A key. Brackets and commas change the hint, which is only drawn together with the whole line: a key for
  // that comes after them.
  static int key(EditLine* editor, wchar_t* key) {
    LineEditor& me = self(editor);
    if (std::exchange(me.redraw_, false) && !me.is_searching()) {
      *key = redraw_key[0];
      return 1;
    }
    std::mbstate_t state{};
    for (char byte = 0;;) {
      if (const ssize_t count = ::read(STDIN_FILENO, &byte, 1); count != 1) return static_cast<int>(count);
      const std::size_t length = std::mbrtowc(key, &byte, 1, &state);
      if (length == static_cast<std::size_t>(-1)) state = {};  // no UTF-8: skipped
      if (length > 1) continue;
      me.redraw_ = std::string_view("(),").contains(byte);
      return 1;
    }
  }
};

LineEditor::LineEditor(LineHistory& history, Helpers helpers)
    : editor_((use_utf8(), el_init("jitegral", stdin, stdout, stderr))), helpers_(std::move(helpers)) {
  el_set(editor_, EL_CLIENTDATA, this);
  el_set(editor_, EL_PROMPT, &Keys::prompt);
  el_set(editor_, EL_RPROMPT, &Keys::hint);
  el_set(editor_, EL_EDITOR, "emacs");
  el_set(editor_, EL_HIST, ::history, history.handle());
  el_set(editor_, EL_ADDFN, "jitegral-complete", "complete a name", &Keys::tab);
  el_set(editor_, EL_ADDFN, "jitegral-redraw", "show the signature", &Keys::redraw);
  el_set(editor_, EL_BIND, redraw_key, "jitegral-redraw", nullptr);
  el_set(editor_, EL_GETCFN, &Keys::key);
  el_set(editor_, EL_BIND, "\t", "jitegral-complete", nullptr);
  el_set(editor_, EL_BIND, "^R", "em-inc-search-prev", nullptr);
  el_set(editor_, EL_BIND, "^S", "em-inc-search-next", nullptr);
  el_source(editor_, nullptr);  // the user's .editrc
}

LineEditor::~LineEditor() { el_end(editor_); }

std::string LineEditor::before_cursor() const {
  const LineInfo* line = el_line(editor_);
  return {line->buffer, line->cursor};
}

// While Ctrl-R reads what to search for, the editor keeps that in the line.
bool LineEditor::is_searching() const {
  const LineInfo* line = el_line(editor_);
  const std::string_view text(line->buffer, static_cast<std::size_t>(line->lastchar - line->buffer));
  return text.contains("\nbck:") || text.contains("\nfwd:");
}

unsigned char LineEditor::on_tab() {
  const std::string before = before_cursor();
  const Completion found = helpers_.complete(before);
  if (found.words.empty()) return CC_REFRESH_BEEP;
  const std::string rest = common_prefix(found.words).substr(before.size() - found.begin);
  if (!rest.empty()) return el_insertstr(editor_, rest.c_str()) == 0 ? CC_REFRESH : CC_ERROR;
  if (found.words.size() == 1) return CC_REFRESH;
  list(found.words);
  return CC_REDISPLAY;
}

std::optional<std::string> LineEditor::read(const std::string& prompt) {
  prompt_ = prompt;
  int length = 0;
  errno = 0;
  const char* line = el_gets(editor_, &length);
  if (line == nullptr || length <= 0) return {};
  std::string text(line, static_cast<std::size_t>(length));
  if (text.ends_with('\n')) text.pop_back();
  return text;
}

void LineEditor::reset() { el_reset(editor_); }

}  // namespace jitegral::cli
