// Text copied from a conversation back into one.
#pragma once

#include <string>
#include <string_view>

namespace jitegral::cli {

constexpr std::string_view first_prompt = "> ";
constexpr std::string_view next_prompt = ". ";

// Removes the prompts that were copied with a line: ours (`> `, and `. ` where a statement goes on),
// `jitegral> `, and those of IPython and Mathematica, `In [3]: ` and `In[3]:= `. True if there was one.
bool strip_prompts(std::string& line, bool goes_on);

// True for what we print below a statement: `= 2   %1`, a warning, an error with its lines.
bool looks_like_output(std::string_view line);

}  // namespace jitegral::cli
