// Which characters make a name.
#pragma once

namespace jitegral::syntax {

// A letter can start a name, a mark (digits, accents, primes, subscripts) can only follow.
bool is_letter(char32_t c);
bool is_mark(char32_t c);
bool is_space(char32_t c);  // newlines too

}  // namespace jitegral::syntax
