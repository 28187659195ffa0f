#include "codegen/bitcode.h"

#include <algorithm>
#include <cstddef>

#pragma clang diagnostic ignored "-Wc23-extensions"  // #embed is C23; clang has it in C++ too

namespace jitegral::codegen {
namespace {

struct Blob {
  std::string_view name;
  const unsigned char* bytes;
  std::size_t size;
};

// Both files are made by the build from the sources of vecmath: an array each, and a row each.
#include "bitcode_arrays.inc"

constexpr Blob blobs[] = {
#include "bitcode_rows.inc"
};

}  // namespace

std::string_view vecmath_bitcode(std::string_view name) {
  const Blob* found = std::ranges::find(blobs, name, &Blob::name);
  if (found == std::end(blobs)) return {};
  return {reinterpret_cast<const char*>(found->bytes), found->size};
}

}  // namespace jitegral::codegen
