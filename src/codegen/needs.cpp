#include "codegen/needs.h"

#include <llvm/ADT/SmallVector.h>
#include <llvm/ADT/StringRef.h>
#include <llvm/TargetParser/Triple.h>
#include <llvm/TargetParser/X86TargetParser.h>

#include <algorithm>
#include <set>
#include <string_view>

#include "codegen/gates.h"

namespace jitegral::codegen {
namespace {

struct Bit {
  std::string_view feature;  // as LLVM spells it
  std::uint64_t leaf, subleaf, word, bit;
};

enum : std::uint64_t { eax, ebx, ecx, edx, xcr0 };
constexpr std::uint64_t extended = 0x80000001;

// Intel SDM, volume 2A, CPUID; AMD APM, volume 3, appendix E. What compilers may use without being asked to.
constexpr Bit bits[] = {
    {"sse3", 1, 0, ecx, 0},
    {"ssse3", 1, 0, ecx, 9},
    {"fma", 1, 0, ecx, 12},
    {"cx16", 1, 0, ecx, 13},
    {"sse4.1", 1, 0, ecx, 19},
    {"sse4.2", 1, 0, ecx, 20},
    {"crc32", 1, 0, ecx, 20},
    {"movbe", 1, 0, ecx, 22},
    {"popcnt", 1, 0, ecx, 23},
    {"avx", 1, 0, ecx, 28},
    {"f16c", 1, 0, ecx, 29},
    {"bmi", 7, 0, ebx, 3},
    {"avx2", 7, 0, ebx, 5},
    {"bmi2", 7, 0, ebx, 8},
    {"avx512f", 7, 0, ebx, 16},
    {"avx512dq", 7, 0, ebx, 17},
    {"adx", 7, 0, ebx, 19},
    {"avx512ifma", 7, 0, ebx, 21},
    {"avx512cd", 7, 0, ebx, 28},
    {"avx512bw", 7, 0, ebx, 30},
    {"avx512vl", 7, 0, ebx, 31},
    {"avx512vbmi", 7, 0, ecx, 1},
    {"avx512vbmi2", 7, 0, ecx, 6},
    {"gfni", 7, 0, ecx, 8},
    {"avx512vnni", 7, 0, ecx, 11},
    {"avx512bitalg", 7, 0, ecx, 12},
    {"avx512vpopcntdq", 7, 0, ecx, 14},
    {"avx512vp2intersect", 7, 0, edx, 8},
    {"avx512fp16", 7, 0, edx, 23},
    {"avxvnni", 7, 1, eax, 4},
    {"avx512bf16", 7, 1, eax, 5},
    {"avxifma", 7, 1, eax, 23},
    {"avxvnniint8", 7, 1, edx, 4},
    {"avxneconvert", 7, 1, edx, 5},
    {"avxvnniint16", 7, 1, edx, 10},
    {"sahf", extended, 0, ecx, 0},
    {"lzcnt", extended, 0, ecx, 5},
    {"sse4a", extended, 0, ecx, 6},
    {"xop", extended, 0, ecx, 11},
    {"fma4", extended, 0, ecx, 16},
    {"tbm", extended, 0, ecx, 21},
    // the registers that the operating system saves: xmm and ymm; opmask and zmm besides
    {"avx", 0, 0, xcr0, 1},
    {"avx", 0, 0, xcr0, 2},
    {"avx512f", 0, 0, xcr0, 5},
    {"avx512f", 0, 0, xcr0, 6},
    {"avx512f", 0, 0, xcr0, 7},
};

// Part of x86-64 itself, or instructions that appear only where somebody asks for them by name.
constexpr std::string_view harmless[] = {
    "64bit",     "x87",        "cx8",           "cmov",     "mmx",         "fxsr",       "sse",
    "sse2",      "aes",        "pclmul",        "rdrnd",    "rdseed",      "rdpid",      "rdpru",
    "fsgsbase",  "sha",        "sha512",        "sm3",      "sm4",         "clflushopt", "clwb",
    "clzero",    "cldemote",   "mwaitx",        "prfchw",   "prefetchi",   "wbnoinvd",   "pku",
    "xsave",     "xsavec",     "xsaveopt",      "xsaves",   "sgx",         "invpcid",    "shstk",
    "vaes",      "vpclmulqdq", "pconfig",       "ptwrite",  "waitpkg",     "movdiri",    "movdir64b",
    "enqcmd",    "serialize",  "tsxldtrk",      "uintr",    "usermsr",     "hreset",     "cmpccxadd",
    "amx-tile",  "amx-int8",   "amx-bf16",      "amx-fp16", "amx-complex", "amx-avx512", "amx-fp8",
    "amx-movrs", "amx-tf32",   "amx-transpose", "movrs",    "kl",          "widekl",     "lwp",
    "rtm",       "3dnow",      "3dnowa",        "evex512",  "raoint",
};

bool is_x86(const Target& target) { return llvm::Triple(target.triple).isX86(); }

// The features of a target: those of its cpu, then what its own list adds and takes away.
std::set<std::string> features_of(const Target& target) {
  llvm::SmallVector<llvm::StringRef> of_cpu;
  llvm::X86::getFeaturesForCPU(target.cpu, of_cpu);
  std::set<std::string> features;
  for (llvm::StringRef feature : of_cpu) features.insert(feature.str());
  llvm::SmallVector<llvm::StringRef> own;
  llvm::StringRef(target.features).split(own, ',', -1, false);
  for (llvm::StringRef feature : own) {
    if (feature.consume_front("+"))
      features.insert(feature.str());
    else
      features.erase(feature.drop_front().str());
  }
  return features;
}

void join(std::vector<Need>& needs, const Bit& bit) {
  const std::uint64_t mask = std::uint64_t{1} << bit.bit;
  const auto same = std::ranges::find_if(needs, [&](const Need& need) {
    return need.leaf == bit.leaf && need.subleaf == bit.subleaf && need.word == bit.word;
  });
  if (same == needs.end())
    needs.push_back({bit.leaf, bit.subleaf, bit.word, mask});
  else
    same->bits |= mask;
}

}  // namespace

Expected<std::vector<Need>> needs_of(const Target& target) {
  std::vector<Need> needs;
  if (!is_x86(target)) return needs;
  const std::set<std::string> features = features_of(target);
  for (const std::string& feature : features) {
    if (std::ranges::find(harmless, feature) != std::end(harmless)) continue;
    if (std::ranges::find(bits, feature, &Bit::feature) == std::end(bits))
      return fail(Code::not_precompilable, {"code for '" + target.cpu + "'",
                                            "it may use " + feature + ", which objects cannot check for"});
  }
  for (const Bit& bit : bits)
    if (features.contains(std::string(bit.feature))) join(needs, bit);
  return needs;
}

std::string baseline_cpu(const Target& target) { return is_x86(target) ? "x86-64" : "generic"; }

Expected<std::vector<Table>> version_tables(std::span<const Target> targets) {
  std::vector<Table> tables;
  std::vector<Word> versions;
  for (std::size_t i = 0; i < targets.size(); ++i) {
    const std::string name = "jitegral.version" + std::to_string(i);
    TRY(needs, needs_of(targets[i]));
    std::vector<Word> words;
    for (const Need& need : needs) words.insert(words.end(), {need.leaf, need.subleaf, need.word, need.bits});
    tables.push_back({.name = name + ".cpu", .text = targets[i].cpu});
    tables.push_back({.name = name + ".needs", .words = words});
    tables.push_back({.name = name, .words = {name + ".cpu", std::uint64_t{needs.size()}, name + ".needs"}});
    versions.emplace_back(name);
  }
  const std::string list = std::string(versions_table) + ".list";
  tables.push_back({.name = list, .words = versions});
  tables.push_back({.name = versions_table, .words = {std::uint64_t{targets.size()}, list}});
  return tables;
}

}  // namespace jitegral::codegen
