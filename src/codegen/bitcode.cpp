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

// Both files are made by the build: an array each, and a row each for the bodies of vecmath.
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

namespace {

template <std::size_t n>
std::string_view view(const unsigned char (&bytes)[n]) {
  return {reinterpret_cast<const char*>(bytes), n};
}

}  // namespace

std::string_view runtime_bitcode() { return view(runtime_bc); }
std::string_view special_bitcode() { return view(special_bc); }
std::string_view processor_bitcode() { return view(processor_bc); }
std::string_view python_bitcode() { return view(python_bc); }

}  // namespace jitegral::codegen
