// The build-id note of the program or library that this code is part of.
#include <elf.h>
#include <link.h>

#include <cstring>
#include <string>

#include "jit/disk_cache.h"

namespace jitegral::jit {
namespace {

struct Search {
  ElfW(Addr) address;  // somewhere in our code
  std::string found;
};

bool holds(const dl_phdr_info& object, ElfW(Addr) address) {
  for (int i = 0; i < object.dlpi_phnum; ++i) {
    const auto& part = object.dlpi_phdr[i];
    const ElfW(Addr) begin = object.dlpi_addr + part.p_vaddr;
    if (part.p_type == PT_LOAD && address >= begin && address - begin < part.p_memsz) return true;
  }
  return false;
}

std::string hexadecimal(const unsigned char* bytes, std::size_t count) {
  static constexpr char digits[] = "0123456789abcdef";
  std::string text;
  for (std::size_t i = 0; i < count; ++i) {
    text += digits[bytes[i] >> 4U];
    text += digits[bytes[i] & 15U];
  }
  return text;
}

std::string build_id_in(const unsigned char* notes, std::size_t size) {
  constexpr auto padded = [](std::size_t n) { return (n + 3) & ~std::size_t{3}; };
  ElfW(Nhdr) note{};
  while (size >= sizeof note) {
    std::memcpy(&note, notes, sizeof note);
    const std::size_t name = padded(note.n_namesz), all = sizeof note + name + padded(note.n_descsz);
    if (all > size) return {};
    if (note.n_type == NT_GNU_BUILD_ID && note.n_namesz == 4 &&
        std::memcmp(notes + sizeof note, "GNU", 4) == 0)
      return hexadecimal(notes + sizeof note + name, note.n_descsz);
    notes += all;
    size -= all;
  }
  return {};
}

int look(dl_phdr_info* object, std::size_t, void* data) {
  auto& search = *static_cast<Search*>(data);
  if (!holds(*object, search.address)) return 0;
  for (int i = 0; i < object->dlpi_phnum && search.found.empty(); ++i) {
    const auto& part = object->dlpi_phdr[i];
    if (part.p_type != PT_NOTE) continue;
    // The loader gives addresses as numbers.
    const auto* notes = reinterpret_cast<const unsigned char*>(  // NOLINT(performance-no-int-to-ptr)
        object->dlpi_addr + part.p_vaddr);
    search.found = build_id_in(notes, part.p_memsz);
  }
  return 1;
}

}  // namespace

std::string build_id() {
  Search search{reinterpret_cast<ElfW(Addr)>(&look), {}};
  dl_iterate_phdr(look, &search);
  return search.found;
}

}  // namespace jitegral::jit
