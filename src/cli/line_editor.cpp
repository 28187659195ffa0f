#include "cli/line_editor.h"

#include <fmt/format.h>
#include <histedit.h>
#include <langinfo.h>

#include <algorithm>
#include <cerrno>
#include <clocale>
#include <cstdio>
#include <cstring>

#include "cli/plot.h"

namespace jitegral::cli {
namespace {

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
  // A bracket or comma changes the hint, so that the line has to be drawn anew.
  static unsigned char insert(EditLine* editor, int key) {
    const char text[] = {static_cast<char>(key), '\0'};
    return el_insertstr(editor, text) == 0 ? CC_REFRESH : CC_ERROR;
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
  el_set(editor_, EL_ADDFN, "jitegral-insert", "insert and show the signature", &Keys::insert);
  el_set(editor_, EL_BIND, "\t", "jitegral-complete", nullptr);
  for (const char* key : {"(", ")", ","}) el_set(editor_, EL_BIND, key, "jitegral-insert", nullptr);
  el_set(editor_, EL_BIND, "^R", "em-inc-search-prev", nullptr);
  el_set(editor_, EL_BIND, "^S", "em-inc-search-next", nullptr);
  el_source(editor_, nullptr);  // the user's .editrc
}

LineEditor::~LineEditor() { el_end(editor_); }

std::string LineEditor::before_cursor() const {
  const LineInfo* line = el_line(editor_);
  return {line->buffer, line->cursor};
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
